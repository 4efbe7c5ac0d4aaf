import type { ActivationId, ConditionId, ZoneId } from '@cordon/contract'
import type { CompiledZone } from '@cordon/geofence'

/** A stretch of time, epoch milliseconds: `from` belongs to it, `to` does not. */
export interface Period {
  readonly from: number
  readonly to: number
}

/** The same without an end when `to` is null. */
export interface OpenPeriod {
  readonly from: number
  readonly to: number | null
}

export interface Activation extends OpenPeriod {
  readonly activationId: ActivationId
}

/**
 * One condition with one version of its zone and the time in which that version is in force. A condition whose zone was
 * edited is several of these, with the same `conditionId`; should their times overlap, the highest version holds.
 */
export interface WatchedCondition extends OpenPeriod {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly zoneVersion: number
  readonly kind: 'exclusion' | 'restriction'
  /** Times in which the condition does not hold. */
  readonly passes: readonly Period[]
  readonly zone: CompiledZone
  /** Metres of the ring before the boundary (outside an exclusion zone, inside a restriction zone); 0 for none. */
  readonly bufferM: number
}

function holdsAt(period: OpenPeriod, at: number): boolean {
  return period.from <= at && (period.to === null || at < period.to)
}

/** Whether a condition's version holds at that time and no pass lifts it. */
export function isInForce(condition: WatchedCondition, at: number): boolean {
  if (!holdsAt(condition, at)) return false
  for (const pass of condition.passes) if (holdsAt(pass, at)) return false
  return true
}

/** Whether a higher version of the same condition is in force at that time. */
export function isSuperseded(
  condition: WatchedCondition,
  conditions: readonly WatchedCondition[],
  at: number,
): boolean {
  return conditions.some(
    other =>
      other.conditionId === condition.conditionId && other.zoneVersion > condition.zoneVersion && isInForce(other, at),
  )
}

export type Lapse = 'pass' | 'condition-ended' | 'activation-ended' | 'condition-removed'

/**
 * The first time in [since, until] at which a condition is not in force, and why; undefined when it holds throughout.
 * A condition of which no version is known any more has lapsed when that is first noticed, at `until`.
 */
export function firstLapse(
  versions: readonly WatchedCondition[],
  activation: Activation,
  { from: since, to: until }: Period,
): { readonly at: number; readonly why: Lapse } | undefined {
  if (versions.length === 0) return { at: until, why: 'condition-removed' }
  const passes = versions.flatMap(version => version.passes)
  const ends = [activation.to, ...versions.map(version => version.to), ...passes.map(pass => pass.from)]
  const moments = [since, ...ends.filter(end => end !== null && end > since && end <= until)] as number[]
  for (const at of moments.sort((a, b) => a - b)) {
    if (!holdsAt(activation, at)) return { at, why: 'activation-ended' }
    if (versions.some(version => isInForce(version, at))) continue
    return { at, why: passes.some(pass => holdsAt(pass, at)) ? 'pass' : 'condition-ended' }
  }
  return undefined
}
