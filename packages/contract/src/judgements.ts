import type { ActivationId, ConditionId, ZoneId } from './ids.ts'
import type { Certainty, IncidentKind, Severity } from './vocabulary.ts'

/** What a zone judgement was made on: enough for a person to follow it, and for the engine to repeat it. */
export interface Evidence {
  /** Identities of the fixes, `measuredAt/seq`, newest last, at most 20. */
  readonly fixes: readonly string[]
  /** Metres to the boundary of the deciding fix, negative inside. */
  readonly distanceM: number
  /** Radius in metres of the 95 % circle that was used, and whether it was assumed because the tag gave none. */
  readonly accuracyM: number
  readonly accuracyAssumed: boolean
  /** P(inside) of the deciding fix, 0 to 1. */
  readonly probability: number
  readonly zoneVersion: number
  readonly policyVersion: number
}

export interface IncidentReason extends Evidence {
  /** One sentence for the operator, in English, without names. */
  readonly text: string
  /** Fixes judged inside so far (outside, for a restriction zone). */
  readonly fixesCounted: number
  /** Metres: the greatest depth past the boundary so far. */
  readonly greatestDepthM: number
  readonly entries: number
}

/** An episode began, became more certain or worse, or ended. Same `episodeId` = same incident, however often it is said. */
export interface IncidentJudgement {
  readonly type: 'incident'
  readonly change: 'raised' | 'changed' | 'ended'
  readonly episodeId: string
  readonly activationId: ActivationId
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly zoneVersion: number
  readonly kind: IncidentKind
  readonly severity: Severity
  readonly certainty: Certainty
  /** Clocks, epoch ms: when it happened by the tag, and when the deciding fix was received. */
  readonly happenedAt: number
  readonly receivedAt: number
  readonly endedAt: number | null
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

/** A fix that is stored but not judged, with why. */
export interface SetAside {
  readonly type: 'set-aside'
  readonly activationId: ActivationId
  readonly measuredAt: number
  readonly seq: number
  readonly reason: 'future' | 'before-activation' | 'after-activation' | 'older-than-judged' | 'duplicate'
}

export type Judgement = IncidentJudgement | NearMiss | SetAside
