import type { Certainty, ConditionId, JudgedKind } from '@cordon/contract'
import type { Belief } from '../belief/belief.ts'

/** What is remembered of one condition; one that has nothing to remember has no memory. Times are epoch ms. */
export interface ConditionMemory {
  readonly conditionId: ConditionId
  /** Of the margin to the boundary; null where no fix of late was near. */
  readonly belief: Belief | null
  /** Independent proofs, so far, of being where the last fix was judged to be. */
  readonly looks: Looks | null
  readonly near: NearStretch | null
  readonly episode: Episode | null
}

export interface Looks {
  readonly of: 'past' | 'buffer'
  readonly count: number
}

/** Which of the recent fixes something rests on: bit i stands for the i-th newest. */
export type RestsOn = number

export interface NearStretch {
  /** Times of its first and last near fix. */
  readonly from: number
  readonly to: number
  readonly fixes: number
  readonly restsOn: RestsOn
  /** Of the likeliest fix, and P of being past the boundary or in the buffer. */
  readonly sighting: Sighting
  readonly ringProbability: number
  readonly ofBuffer: boolean
}

export type EpisodeKind =
  | Extract<
      JudgedKind,
      'possible-transit' | 'buffer-entry' | 'exclusion-breach' | 'restriction-breach' | 'inclusion-absence'
    >
  | 'visit'

export interface Episode {
  readonly kind: EpisodeKind
  readonly certainty: Certainty
  /** Time of the first fix inside or in the buffer, or of the clock's beginning. */
  readonly beganAt: number
  /** Time of the first fix of the present kind: of a breach that grew out of a buffer entry, when the boundary was passed. */
  readonly happenedAt: number
  readonly lastInsideAt: number
  readonly ended: Ending | null
  /** Times of the first and the last fix that was a proof of its present kind; null without one. */
  readonly proved: { readonly from: number; readonly to: number } | null
  readonly entries: number
  readonly fixes: number
  readonly restsOn: RestsOn
  readonly sighting: Sighting
  /** Metres past the boundary. */
  readonly greatestDepthM: number
  /** Milliseconds past the boundary, from one fix inside to the next. */
  readonly insideMs: number
  /** Box of the positions past the boundary, WGS 84 degrees; null before the first. */
  readonly box: readonly [west: number, south: number, east: number, north: number] | null
  /** Fixes outside since the last one inside. */
  readonly outside: { readonly since: number; readonly fixes: number } | null
  readonly text: string
}

export interface Ending {
  readonly at: number
  readonly how: 'left' | 'lapsed' | 'unconfirmed'
}

/** How a fix lay to a zone, as it is told. */
export interface Sighting {
  readonly at: number
  readonly distanceM: number
  readonly accuracyM: number
  readonly accuracyAssumed: boolean
  readonly probability: number
  readonly zoneVersion: number
  readonly policyVersion: number
  readonly receivedAt: number
  readonly hours: { readonly from: number | null; readonly to: number | null }
}

export const isEmpty = ({ belief, near, episode }: ConditionMemory): boolean =>
  belief === null && near === null && episode === null

export const emptyMemory = (conditionId: ConditionId): ConditionMemory => ({
  conditionId,
  belief: null,
  looks: null,
  near: null,
  episode: null,
})
