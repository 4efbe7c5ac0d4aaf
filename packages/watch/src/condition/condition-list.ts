import type { ConditionId, ZoneId } from '@cordon/contract'
import type { CompiledZone } from '@cordon/geofence'
import type { WatchedCondition } from './watched-condition.ts'

type Terms = Omit<WatchedCondition, 'conditionId' | 'zoneId' | 'zone'>

/**
 * What is kept of a condition that the wearer is not near: a third of the whole, because what most conditions of a wearer have in
 * common is there once.
 */
export interface ListedCondition {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly zone: CompiledZone
  readonly terms: Terms
}

/** In the same order. Terms are shared by neighbours: to look further would be work that grows with the square of hundreds of zones. */
export function listConditions(conditions: readonly WatchedCondition[]): readonly ListedCondition[] {
  let terms: Terms | undefined
  return conditions.map(condition => {
    if (terms === undefined || !isSame(terms, condition)) terms = termsOf(condition)
    const { conditionId, zoneId, zone } = condition
    return { conditionId, zoneId, zone, terms }
  })
}

export function toWatchedCondition({ conditionId, zoneId, zone, terms }: ListedCondition): WatchedCondition {
  // Written out, here and below: what is made by spreading or by leaving out takes up to twice the memory.
  const { zoneVersion, kind, priority, from, to, hours, passes, bufferM } = terms
  return { conditionId, zoneId, zoneVersion, kind, priority, from, to, hours, passes, zone, bufferM }
}

function termsOf({ zoneVersion, kind, priority, from, to, hours, passes, bufferM }: Terms): Terms {
  return { zoneVersion, kind, priority, from, to, hours, passes, bufferM }
}

function isSame(a: Terms, b: Terms): boolean {
  return (
    a.zoneVersion === b.zoneVersion &&
    a.kind === b.kind &&
    a.priority === b.priority &&
    a.hours === b.hours &&
    a.passes === b.passes &&
    a.bufferM === b.bufferM &&
    a.from === b.from &&
    a.to === b.to
  )
}
