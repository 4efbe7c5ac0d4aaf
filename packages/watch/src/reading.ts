import type { Fix } from '@cordon/contract'
import { signedDistanceM } from '@cordon/geofence'
import type { Circle } from './circle.ts'
import { normalCdf } from './normal-distribution.ts'
import type { WatchPolicy } from './policy.ts'
import type { Sighting } from './state.ts'
import type { WatchedCondition } from './watched-condition.ts'

/**
 * One fix against one condition. A restriction zone is the mirror of an exclusion zone: "past" is where the wearer must
 * not be, inside the one and outside the other, and everything after this file speaks of past only.
 */
export interface Reading {
  readonly condition: WatchedCondition
  readonly measuredAt: number
  readonly circle: Circle
  /** Metres to the boundary, negative past it. */
  readonly marginM: number
  /** Past the boundary, in the buffer before it, or neither for certain enough. */
  readonly place: 'past' | 'buffer' | 'before'
  /** Whether it proves that place, by itself. */
  readonly isProof: boolean
  readonly isNear: boolean
  /** Certain enough to be away from zone and buffer. */
  readonly isOut: boolean
  /** P(past the boundary), and P(past it or in the buffer): the same without a buffer. */
  readonly pastProbability: number
  readonly ringProbability: number
  readonly sighting: Sighting
}

/** What is the same for a fix against all conditions. */
export interface Sight {
  readonly fix: Fix
  readonly circle: Circle
  readonly policy: WatchPolicy
}

/**
 * How a fix lies to a condition's zone; undefined when it is so far that nothing hangs on it and `always` is not asked.
 * Against a locally straight boundary at margin d the probability of being past it is Φ(−d / σ).
 */
export function readFix(sight: Sight, condition: WatchedCondition, always: boolean): Reading | undefined {
  const marginM = marginOf(sight.fix, condition, always ? Infinity : reachM(condition, sight))
  return marginM === undefined ? undefined : readMargin(sight, condition, marginM)
}

function readMargin({ fix, circle, policy }: Sight, condition: WatchedCondition, marginM: number): Reading {
  const past = (ringM: number) => normalCdf((ringM - marginM) / circle.sigmaM)
  const pastProbability = past(0)
  const ringProbability = past(condition.bufferM)
  const { possibleProbability, confirms } = policy.sources[fix.source]
  const place = placeOf(pastProbability, ringProbability, possibleProbability)
  const placeProbability = place === 'past' ? pastProbability : ringProbability
  return {
    condition,
    measuredAt: fix.measuredAt,
    circle,
    marginM,
    place,
    isProof: confirms && placeProbability >= policy.confirmedProbability,
    isNear: ringProbability >= policy.nearMissProbability,
    isOut: past(condition.bufferM + policy.exitMarginM) <= policy.exitProbability,
    pastProbability,
    ringProbability,
    sighting: sightingOf(fix, condition, { circle, marginM, pastProbability }),
  }
}

function placeOf(past: number, ring: number, enough: number): Reading['place'] {
  if (past >= enough) return 'past'
  return ring >= enough ? 'buffer' : 'before'
}

/** Metres within which a fix can mean anything to a condition. */
function reachM({ bufferM }: WatchedCondition, { circle, policy }: Sight): number {
  return bufferM + policy.exitMarginM + policy.farSigmas * circle.sigmaM
}

/** Exact unless the fix is `cutoffM` or more before the boundary, which is undefined: there it cost a comparison of boxes. */
function marginOf({ lon, lat }: Fix, { zone, kind }: WatchedCondition, cutoffM: number): number | undefined {
  const sign = kind === 'exclusion' ? 1 : -1
  const roughM = sign * signedDistanceM(zone, lon, lat, cutoffM)
  if (roughM >= cutoffM) return undefined
  return roughM <= -cutoffM ? sign * signedDistanceM(zone, lon, lat) : roughM
}

function sightingOf(
  { receivedAt }: Fix,
  { kind, zoneVersion }: WatchedCondition,
  { circle, marginM, pastProbability }: Pick<Reading, 'circle' | 'marginM' | 'pastProbability'>,
): Sighting {
  const isExclusion = kind === 'exclusion'
  return {
    distanceM: rounded(isExclusion ? marginM : -marginM, 10),
    accuracyM: rounded(circle.radiusM, 10),
    accuracyAssumed: circle.assumed,
    probability: rounded(isExclusion ? pastProbability : 1 - pastProbability, 10_000),
    zoneVersion,
    receivedAt,
  }
}

/** To 1 / `steps`. Adding 0 turns −0, which JSON does not keep, into 0. */
export function rounded(value: number, steps: number): number {
  return Math.round(value * steps) / steps + 0
}
