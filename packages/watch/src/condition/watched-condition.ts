import type { ActivationId, ConditionId, ZoneId, ZoneKind } from '@cordon/contract'
import type { CompiledZone } from '@cordon/geofence'
import type { CompiledHours, Period } from '@cordon/hours'

export type { Period } from '@cordon/hours'

/** A stretch of time, epoch milliseconds: `from` belongs to it, `to` does not; without an end when `to` is null. */
export interface OpenPeriod {
  readonly from: number
  readonly to: number | null
}

export interface Activation extends OpenPeriod {
  readonly activationId: ActivationId
}

/** A permitted time. With a corridor the condition holds on, except at positions inside the corridor; without one it does not hold. */
export interface Pass extends Period {
  readonly corridor: CompiledZone | null
}

/**
 * One condition with one version of its zone and the time in which that version is in force. A condition whose zone was
 * edited is several of these, with the same `conditionId`; should their times overlap, the highest version holds.
 */
export interface WatchedCondition extends OpenPeriod {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly zoneVersion: number
  readonly kind: ZoneKind
  /** Among overlapping conditions the higher number goes before the lower. */
  readonly priority: number
  /** When it applies; null: always. */
  readonly hours: CompiledHours | null
  readonly passes: readonly Pass[]
  readonly zone: CompiledZone
  /** Metres of the ring before the boundary (outside an exclusion zone, inside a zone to stay in); 0 for none. */
  readonly bufferM: number
}
