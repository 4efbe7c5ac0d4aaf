import type { Risk } from '@cordon/contract'
import { type ConditionGroup, openGroupBook } from '../condition/condition-group.ts'
import type { Activation, Pass, Period, WatchedCondition } from '../condition/watched-condition.ts'
import { openPolicyBook, type PolicyBook, type PolicyVersion } from '../policy/policy-book.ts'
import { createQuiet, type Quiet } from './quiet.ts'
import { createSurroundings, type Surroundings } from './surroundings.ts'

/** What the register says of one activation: everything known, not only what is in force now; a fix's own time chooses. */
export interface WatchRegister {
  readonly activation: Activation
  readonly conditions: readonly WatchedCondition[]
  /** Versions after the software's own, in any order. */
  readonly policies: readonly PolicyVersion[]
  readonly risk: Risk
  readonly suspensions: readonly Suspension[]
}

export interface Suspension extends Period {
  readonly reason: string
}

/** The same, made ready to judge by: once for each change of the register, not for each fix. It remembers only what is a matter of course. */
export interface WatchContext {
  readonly activation: Activation
  /** Zones to stay in: judged wherever the wearer is. */
  readonly presence: readonly ConditionGroup[]
  /** Times in which one of them does not hold at all. */
  readonly leaves: readonly Pass[]
  readonly policies: PolicyBook
  readonly risk: Risk
  readonly suspensions: readonly Suspension[]
  /** Zones to keep out of and of interest: found by where the wearer is. */
  readonly surroundings: Surroundings
  readonly quiet: Quiet
  groupOf(conditionId: string): ConditionGroup | undefined
}

export function createWatchContext({
  activation,
  conditions,
  policies,
  risk,
  suspensions,
}: WatchRegister): WatchContext {
  const groups = openGroupBook(conditions, activation)
  const { presence } = groups
  const book = openPolicyBook(policies, risk)
  return {
    activation,
    presence,
    leaves: presence.flatMap(({ versions }) =>
      versions.flatMap(({ passes }) => passes.filter(({ corridor }) => corridor === null)),
    ),
    policies: book,
    risk,
    suspensions,
    surroundings: createSurroundings(groups),
    quiet: createQuiet(presence, book),
    groupOf: conditionId => groups.of(conditionId),
  }
}

/** Milliseconds: the clock knows of nothing that began longer ago. */
export function longestGraceMs({ policies: { grace } }: WatchContext): number {
  return Math.max(grace.absenceGraceMs.most, grace.presenceGraceMs.most)
}
