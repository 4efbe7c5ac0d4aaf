import type { ActivationId, ConditionId, ZoneId } from './ids.ts'
import type { Certainty, Conclusion, JudgedKind, Severity } from './vocabulary.ts'

/** What a zone judgement was made on: enough for a person to follow it, and for the engine to repeat it. */
export interface Evidence {
  /** Identities of the fixes, `measuredAt/seq`, newest last, at most 20. */
  readonly fixes: readonly string[]
  /** Metres to the boundary of the deciding fix, negative inside. */
  readonly distanceM: number
  /** Radius in metres of the 95 % circle that was used, and whether it was assumed because the tag gave none. */
  readonly accuracyM: number
  readonly accuracyAssumed: boolean
  /** P(inside), 0 to 1: what the deciding fix and those before it came to. */
  readonly probability: number
  readonly zoneVersion: number
  /** The time around the deciding fix in which the condition held without a break, epoch ms; null: no beginning or end. */
  readonly hours: { readonly from: number | null; readonly to: number | null }
  readonly policyVersion: number
}

/** Of an episode in relation to a zone. */
export interface ZoneReason extends Evidence {
  /** One sentence for the operator, in English, without names. */
  readonly text: string
  /** Fixes judged inside so far (outside, for a zone to stay in). */
  readonly fixesCounted: number
  /** Metres: the greatest depth past the boundary so far. */
  readonly greatestDepthM: number
  /** Milliseconds past the boundary, from fix to fix, and metres across the positions past it. */
  readonly insideMs: number
  readonly extentM: number
  readonly entries: number
  /** Epoch ms of the episode's first fix, which for a breach that grew out of a buffer is before `happenedAt`. */
  readonly beganAt: number
}

/** Of an incident about the device or its silence. */
export interface DeviceReason {
  readonly text: string
  /** Identities, `measuredAt/seq`, of the events or fixes. */
  readonly fixes: readonly string[]
  readonly policyVersion: number
  readonly beganAt: number
  /** How often it happened within this incident. */
  readonly entries: number
  /** Of a battery: when it will be empty (epoch ms) if it goes on as since it was last charged. Absent when that cannot be said. */
  readonly emptyAt?: number
}

export type IncidentReason = ZoneReason | DeviceReason

/** An episode began, became more certain or worse, or ended. Same `episodeId` = same incident, however often it is said. */
export interface IncidentJudgement {
  readonly type: 'incident'
  /** `disproved`: later knowledge shows that it was not so. It stays on record, marked, with the reason. */
  readonly change: 'raised' | 'changed' | 'ended' | 'disproved'
  readonly episodeId: string
  readonly activationId: ActivationId
  readonly conditionId: ConditionId | null
  readonly zoneId: ZoneId | null
  readonly zoneVersion: number | null
  readonly kind: JudgedKind
  readonly severity: Severity
  readonly certainty: Certainty
  /** Clocks, epoch ms: when it happened by the tag, and when the deciding fix was received. */
  readonly happenedAt: number
  readonly receivedAt: number
  readonly endedAt: number | null
  /** How it came to its end; null while it goes on. */
  readonly conclusion: Conclusion | null
  /** Raised from what was received long after it happened. Only the first telling of an incident counts. */
  readonly late: boolean
  readonly reason: IncidentReason
}

/** Something that could have been an incident and was not, with why. */
export interface NearMiss extends Evidence {
  readonly type: 'near-miss'
  readonly activationId: ActivationId
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly from: number
  readonly to: number
  readonly fixesCounted: number
  readonly text: string
}

/** Time in a zone of interest: recorded, no incident. The same `visitId` again brings what is known now. */
export interface Visit {
  readonly type: 'visit'
  readonly visitId: string
  readonly activationId: ActivationId
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly from: number
  readonly to: number | null
  /** Later knowledge shows that it was not so. */
  readonly disproved: boolean
  readonly reason: ZoneReason
}

/** A fix that is stored but not judged, with why. */
export interface SetAside {
  readonly type: 'set-aside'
  readonly activationId: ActivationId
  readonly measuredAt: number
  readonly seq: number
  readonly reason: 'future' | 'before-activation' | 'after-activation' | 'impossible-jump'
}

export type Judgement = IncidentJudgement | NearMiss | Visit | SetAside
