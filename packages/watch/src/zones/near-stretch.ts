import type { WatchPolicy } from '../policy/policy.ts'
import type { NearStretch } from './memory.ts'
import { type Reading, sightingOf } from './reading.ts'
import { rounded } from './rounded.ts'

export function beginNear(reading: Reading): NearStretch {
  const { at } = reading.sight
  return {
    from: at,
    to: at,
    fixes: 1,
    restsOn: 1,
    sighting: sightingOf(reading),
    ringProbability: rounded(reading.ringProbability, 10_000),
    ofBuffer: reading.force.condition.bufferM > 0,
  }
}

/** With one more near fix; the likeliest is the one that is told. */
export function extendNear(near: NearStretch, reading: Reading): NearStretch {
  const ringProbability = rounded(reading.ringProbability, 10_000)
  const longer = { ...near, restsOn: near.restsOn | 1, fixes: near.fixes + 1, to: reading.sight.at }
  if (ringProbability <= near.ringProbability) return longer
  return { ...longer, ringProbability, sighting: sightingOf(reading) }
}

/** Time from which a near stretch is over, if no near fix comes before it. */
export function nearOverAt({ from, to }: NearStretch, policy: WatchPolicy): number {
  return Math.min(to + policy.nearMissGapMs, Math.max(from + policy.nearMissLongestMs, to))
}
