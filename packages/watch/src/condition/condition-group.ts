import type { ConditionId, ZoneId, ZoneKind } from '@cordon/contract'
import { type ListedCondition, listConditions, toWatchedCondition } from './condition-list.ts'
import { createGroupMemo, type GroupMemo } from './group-memo.ts'
import type { Activation, WatchedCondition } from './watched-condition.ts'

/** One condition through all versions of its zone, and what goes before it. Asked by the functions of `force.ts`. */
export interface ConditionGroup {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly kind: ZoneKind
  readonly priority: number
  readonly activation: Activation
  /** By version, lowest first. Never empty. */
  readonly versions: readonly WatchedCondition[]
  /** Whether the wearer must be in the zone (restriction, inclusion), not out of it. */
  readonly isPresence: boolean
  /**
   * The presence conditions of higher priority. While one of them is in force, a presence condition is not in force, and an
   * exclusion does not hold at positions in the other's zone. None for a zone of interest, which forbids nothing.
   */
  readonly liftedBy: readonly ConditionGroup[]
  /** What was found out last; changes no answer. Only `force.ts` and `piece.ts` look at it. */
  readonly memo: GroupMemo
}

/** Conditions by `conditionId`, in the order in which they first come. */
export function groupConditions(
  conditions: readonly WatchedCondition[],
  activation: Activation,
): readonly ConditionGroup[] {
  const groups = versionsById(conditions).map(versions => createGroup(versions, activation))
  for (const group of groups) group.liftedBy.push(...groups.filter(other => lifts(other, group)))
  return groups
}

/** The conditions of one wearer, of which only those to stay in are groups from the beginning. */
export interface GroupBook {
  readonly presence: readonly ConditionGroup[]
  /** All others; the versions of one condition are neighbours. */
  readonly others: readonly ListedCondition[]
  of(conditionId: string): ConditionGroup | undefined
}

/**
 * A group is made when it is first asked for: of hundreds of shared zones a wearer comes near to a few, and a group with its memo is
 * 20 times as large as its place in a list.
 */
export function openGroupBook(conditions: readonly WatchedCondition[], activation: Activation): GroupBook {
  const presence = groupConditions(
    conditions.filter(({ kind }) => isPresenceKind(kind)),
    activation,
  )
  const others = listConditions(versionsById(conditions.filter(({ kind }) => !isPresenceKind(kind))).flat())
  const made = new Map<string, ConditionGroup>(presence.map(group => [group.conditionId, group]))
  return {
    presence,
    others,
    of(conditionId) {
      const known = made.get(conditionId)
      if (known !== undefined) return known
      const versions = others.filter(condition => condition.conditionId === conditionId)
      if (versions.length === 0) return undefined
      const group = createGroup(versions.map(toWatchedCondition), activation)
      group.liftedBy.push(...presence.filter(other => lifts(other, group)))
      made.set(conditionId, group)
      return group
    },
  }
}

function versionsById(conditions: readonly WatchedCondition[]): WatchedCondition[][] {
  const byId = new Map<ConditionId, WatchedCondition[]>()
  for (const condition of conditions) {
    const versions = byId.get(condition.conditionId)
    if (versions === undefined) byId.set(condition.conditionId, [condition])
    else versions.push(condition)
  }
  return [...byId.values()]
}

function createGroup(versions: readonly WatchedCondition[], activation: Activation) {
  const ordered = versions.toSorted((a, b) => a.zoneVersion - b.zoneVersion || a.from - b.from)
  // The newest version speaks for the condition; the words that a group repeats are the same on all of them.
  const { conditionId, zoneId, kind, priority } = ordered.at(-1) as WatchedCondition
  const liftedBy: ConditionGroup[] = []
  const isPresence = isPresenceKind(kind)
  return {
    conditionId,
    zoneId,
    kind,
    priority,
    activation,
    versions: ordered,
    isPresence,
    liftedBy,
    memo: createGroupMemo(),
  }
}

function lifts(other: ConditionGroup, group: ConditionGroup): boolean {
  return group.kind !== 'interest' && other.isPresence && other.priority > group.priority
}

function isPresenceKind(kind: ZoneKind): boolean {
  return kind === 'restriction' || kind === 'inclusion'
}
