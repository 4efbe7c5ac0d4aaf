import { crossesZone, signedDistanceM } from '@cordon/geofence'
import type { Motion } from '../belief/motion.ts'
import { normalCdf } from '../belief/normal-distribution.ts'
import { type Sight, sigmaOf } from '../belief/sight.ts'
import { beginEpisode, isOpen, isOver, tellEpisode } from './episode.ts'
import type { ConditionMemory, Episode } from './memory.ts'
import { isPermitted, type Reading } from './reading.ts'
import { rounded } from './rounded.ts'
import type { Scene } from './scene.ts'
import { transitText } from './text.ts'

/** How a straight way goes through a zone. */
interface Crossing {
  readonly depthM: number
  readonly probability: number
}

const SAMPLES = 32
/** m/s: nobody is taken to have been slower than a stroll, however near two fixes lie. */
const STROLL_MPS = 1.5

/**
 * The way from the last fix to this one through a zone in which neither lies. People do not walk on straight lines: how far they
 * can have strayed hangs on what the time between left over, so a crossing is the more certain the deeper the straight way goes,
 * the shorter the gap and the faster the wearer. Where a corridor or a condition of higher priority permits the wearer to be, there is
 * nothing to cross.
 */
function crossingOf(
  before: Sight,
  { sight, group, force, motion }: Reading & { readonly motion: Motion },
): Crossing | undefined {
  const { zone } = force.condition
  if (!crossesZone(zone, [before.lon, before.lat], [sight.lon, sight.lat])) return undefined
  let depthM = 0
  for (let i = 1; i < SAMPLES; i++) {
    const share = i / SAMPLES
    const lon = before.lon + (sight.lon - before.lon) * share
    const lat = before.lat + (sight.lat - before.lat) * share
    const at = before.at + (sight.at - before.at) * share
    if (!isPermitted(group, { at, lon, lat })) depthM = Math.max(depthM, -signedDistanceM(zone, lon, lat))
  }
  const strayM = strayOf(before, sight, motion)
  const errorM = Math.hypot(sigmaOf(before), sigmaOf(sight)) / 2
  const probability = 2 * normalCdf(depthM / Math.hypot(strayM, errorM)) - 1
  return { depthM, probability }
}

/** Metres to the side, one standard deviation: half of the small half axis of the ellipse that the wearer cannot have left. */
function strayOf(before: Sight, now: Sight, { elapsedMs, distanceM }: Motion): number {
  const seconds = elapsedMs / 1_000
  const speed = Math.max(STROLL_MPS, (1.3 * distanceM) / seconds, before.speed ?? 0, now.speed ?? 0)
  return Math.sqrt(Math.max(0, (speed * seconds) ** 2 - distanceM ** 2)) / 4
}

/** With a possible transit, if the way from the last fix was one: an episode that has ended as soon as it began. */
export function stepTransit(
  memory: ConditionMemory,
  before: Sight,
  { reading, scene }: { reading: Reading; scene: Scene },
): ConditionMemory {
  const { motion, policy, group, force } = reading
  // the errors of a still tag jump to and fro across a zone, and nobody passed through it
  if (group.kind !== 'exclusion' || motion === null || !motion.isMoving) return memory
  if (reading.place !== 'before' || isOpen(memory.episode) || force.from > before.at) return memory
  const crossing = crossingOf(before, { ...reading, motion })
  if (crossing === undefined || crossing.probability < policy.transitProbability) return memory
  const episode = passed(memory, { reading, crossing, motion, from: before.at })
  tellEpisode(episode, group, scene)
  return { ...memory, episode }
}

interface Passage {
  readonly reading: Reading
  readonly crossing: Crossing
  readonly motion: Motion
  readonly from: number
}

function passed(memory: ConditionMemory, { reading, crossing, motion, from }: Passage): Episode {
  const { sight } = reading
  const { depthM, probability } = crossing
  const at = Math.round((from + sight.at) / 2)
  const text = transitText({ metres: motion.distanceM, gapMs: motion.elapsedMs, depthM, probability })
  const earlier = memory.episode
  if (isOver(earlier)) {
    return {
      ...earlier,
      entries: earlier.entries + 1,
      restsOn: earlier.restsOn | 3,
      lastInsideAt: at,
      ended: { at, how: earlier.ended.how },
      text,
    }
  }
  const begun = beginEpisode({ ...memory, near: null }, reading, text)
  return {
    ...begun,
    kind: 'possible-transit',
    beganAt: at,
    happenedAt: at,
    lastInsideAt: at,
    ended: { at, how: 'left' },
    restsOn: 3,
    sighting: { ...begun.sighting, probability: rounded(probability, 10_000) },
    greatestDepthM: rounded(depthM, 10),
  }
}
