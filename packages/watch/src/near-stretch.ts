import type { WatchPolicy } from './policy.ts'
import { type Reading, rounded } from './reading.ts'
import type { NearStretch } from './state.ts'

export function beginNear({ condition, measuredAt, sighting, ringProbability }: Reading): NearStretch {
  return {
    phase: 'near',
    conditionId: condition.conditionId,
    zoneId: condition.zoneId,
    restsOn: 1,
    fixesCounted: 1,
    sighting,
    from: measuredAt,
    to: measuredAt,
    ofBuffer: condition.bufferM > 0,
    probability: rounded(ringProbability, 10_000),
  }
}

/** With one more near fix; the likeliest is the one that is told. */
export function extendNear(near: NearStretch, reading: Reading): NearStretch {
  const probability = rounded(reading.ringProbability, 10_000)
  const longer = {
    ...near,
    restsOn: near.restsOn | 1,
    fixesCounted: near.fixesCounted + 1,
    to: reading.measuredAt,
  }
  return probability > near.probability ? { ...longer, probability, sighting: reading.sighting } : longer
}

/** Whether a fix of that time is no part of the stretch any more. */
export function isOver({ from, to }: NearStretch, at: number, policy: WatchPolicy): boolean {
  return at - to > policy.nearMissGapMs || at - from >= policy.nearMissLongestMs
}
