import { type CompiledZone, isInside, signedDistanceM } from '@cordon/geofence'
import { type Belief, firstBelief, probabilityPast, updateBelief } from '../belief/belief.ts'
import type { Motion } from '../belief/motion.ts'
import { type Sight, sigmaOf } from '../belief/sight.ts'
import type { ConditionGroup } from '../condition/condition-group.ts'
import { corridorsAt, type Force, liftersAt } from '../condition/force.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import type { ConditionMemory, Sighting } from './memory.ts'
import { rounded } from './rounded.ts'

/**
 * One fix against one condition. A zone to stay in is the mirror of one to keep out of: "past" is where the wearer is spoken
 * of, outside the one and inside the other, and everything after this file speaks of past only.
 */
export interface Reading {
  readonly group: ConditionGroup
  readonly force: Force
  readonly policy: WatchPolicy
  readonly sight: Sight
  /** From the last fix to this one; null for the first. */
  readonly motion: Motion | null
  /** Metres to the boundary, negative past it. */
  readonly marginM: number
  /** null when the fix is so far before the boundary that nothing hangs on it. */
  readonly belief: Belief | null
  /** Past the boundary, in the buffer before it, or neither for certain enough. */
  readonly place: 'past' | 'buffer' | 'before'
  /** Whether it proves that place. */
  readonly isProof: boolean
  readonly isNear: boolean
  /** Certain enough to be away from zone and buffer. */
  readonly isOut: boolean
  readonly pastProbability: number
  readonly ringProbability: number
}

/** What a fix is read with. */
export interface Look {
  readonly sight: Sight
  readonly motion: Motion | null
  /** Whether the fix before this one came from the same kind of source. */
  readonly sameSource: boolean
}

/** Undefined when the fix is so far from the zone, on the right side of it, that nothing hangs on it, and nothing is remembered. */
export function readZone(
  look: Look,
  { group, force, policy }: { group: ConditionGroup; force: Force; policy: WatchPolicy },
  memory: ConditionMemory | undefined,
): Reading | undefined {
  const { sight } = look
  const { condition } = force
  const reachM = condition.bufferM + policy.farSigmas * sigmaOf(sight)
  const marginM = marginOf(sight, condition.zone, { isPresence: group.isPresence, reachM, exact: memory !== undefined })
  if (marginM === undefined) return undefined
  const about = { group, force, policy, sight, motion: look.motion, marginM }
  if (marginM >= reachM || isPermitted(group, sight)) return awayReading(about)
  return nearReading(about, nextBelief(look, { marginM, before: memory?.belief ?? null, policy }))
}

type About = Pick<Reading, 'group' | 'force' | 'policy' | 'sight' | 'motion' | 'marginM'>

// Written out, here and below: a spread costs several times as much, and this is done with every fix for every zone that is near.
function awayReading({ group, force, policy, sight, motion, marginM }: About): Reading {
  return {
    group,
    force,
    policy,
    sight,
    motion,
    marginM,
    belief: null,
    place: 'before',
    isProof: false,
    isNear: false,
    isOut: true,
    pastProbability: 0,
    ringProbability: 0,
  }
}

function nearReading({ group, force, policy, sight, motion, marginM }: About, belief: Belief): Reading {
  const leastSigmaM = policy.biasShare * sigmaOf(sight)
  const pastProbability = probabilityPast(belief, 0, leastSigmaM)
  const { bufferM } = force.condition
  const ringProbability = bufferM > 0 ? probabilityPast(belief, bufferM, leastSigmaM) : pastProbability
  const enough = sight.source === 'cell' ? policy.cellPossibleProbability : policy.possibleProbability
  const place = pastProbability >= enough ? 'past' : ringProbability >= enough ? 'buffer' : 'before'
  const placeProbability = place === 'past' ? pastProbability : ringProbability
  return {
    group,
    force,
    policy,
    sight,
    motion,
    marginM,
    belief,
    place,
    isProof: place !== 'before' && sight.source !== 'cell' && placeProbability >= policy.confirmedProbability,
    isNear: ringProbability >= policy.nearMissProbability,
    isOut: ringProbability <= policy.exitProbability,
    pastProbability,
    ringProbability,
  }
}

function nextBelief(
  { sight, motion, sameSource }: Look,
  { marginM, before, policy }: { marginM: number; before: Belief | null; policy: WatchPolicy },
): Belief {
  const sigmaM = sigmaOf(sight)
  if (before === null || motion === null) return firstBelief(marginM, sigmaM)
  return updateBelief(before, { marginM, sigmaM, motion, sameSource }, policy)
}

/** In a corridor, or where a condition of higher priority wants the wearer to be. */
export function isPermitted(group: ConditionGroup, { at, lon, lat }: Pick<Sight, 'at' | 'lon' | 'lat'>): boolean {
  const holds = (zone: CompiledZone) => isInside(zone, lon, lat)
  return corridorsAt(group, at).some(holds) || liftersAt(group, at).some(holds)
}

interface MarginOptions {
  readonly isPresence: boolean
  readonly reachM: number
  readonly exact: boolean
}

/** Exact unless the fix is `reachM` or more before the boundary and nobody asked: there it cost a comparison of boxes. */
function marginOf(
  { lon, lat }: Sight,
  zone: CompiledZone,
  { isPresence, reachM, exact }: MarginOptions,
): number | undefined {
  const sign = isPresence ? -1 : 1
  if (exact) return sign * signedDistanceM(zone, lon, lat)
  const roughM = sign * signedDistanceM(zone, lon, lat, reachM)
  if (roughM >= reachM) return undefined
  return roughM <= -reachM ? sign * signedDistanceM(zone, lon, lat) : roughM
}

export function sightingOf(reading: Reading): Sighting {
  const { group, force, policy, sight, marginM, pastProbability } = reading
  const { from, to } = force
  return {
    at: sight.at,
    distanceM: rounded(group.isPresence ? -marginM : marginM, 10),
    accuracyM: rounded(sight.radiusM, 10),
    accuracyAssumed: sight.assumed,
    probability: rounded(group.isPresence ? 1 - pastProbability : pastProbability, 10_000),
    zoneVersion: force.condition.zoneVersion,
    policyVersion: policy.version,
    receivedAt: sight.receivedAt,
    hours: { from, to: Number.isFinite(to) ? to : null },
  }
}
