import type { LiveSight } from '@cordon/contract'

/** What one sees who has nothing to look at: an ingest that stands by. */
const NOTHING: LiveSight = {
  oldestHeldSeconds: 0,
  notKeptSince: null,
  brokerAwaySeconds: 0,
  databaseAwaySeconds: 0,
  fullSince: null,
  silentSeconds: 0,
  silentLimitSeconds: null,
  tagsExpected: 0,
  newestFixAt: null,
  provisional: 0,
  tagsRefused: 0,
}

/** Several flows of one process as one: as bad as the worst of them in each respect, for each has tags that no other one has. */
export function combineSights(sights: readonly LiveSight[]): LiveSight {
  const [first = NOTHING, ...others] = sights
  return others.reduce(worse, first)
}

const worse = (one: LiveSight, other: LiveSight): LiveSight => ({
  ...silenceOf(silence(one) >= silence(other) ? one : other),
  oldestHeldSeconds: Math.max(one.oldestHeldSeconds, other.oldestHeldSeconds),
  notKeptSince: earlier(one.notKeptSince, other.notKeptSince),
  brokerAwaySeconds: Math.max(one.brokerAwaySeconds, other.brokerAwaySeconds),
  databaseAwaySeconds: Math.max(one.databaseAwaySeconds, other.databaseAwaySeconds),
  fullSince: earlier(one.fullSince, other.fullSince),
  tagsExpected: one.tagsExpected + other.tagsExpected,
  newestFixAt: later(one.newestFixAt, other.newestFixAt),
  provisional: one.provisional + other.provisional,
  tagsRefused: (one.tagsRefused ?? 0) + (other.tagsRefused ?? 0),
})

/** By how much it is more silent than is to be expected; less than anything where nobody is expected. */
const silence = ({ silentSeconds, silentLimitSeconds }: LiveSight): number =>
  silentLimitSeconds === null ? Number.NEGATIVE_INFINITY : silentSeconds - silentLimitSeconds

const silenceOf = ({ silentSeconds, silentLimitSeconds }: LiveSight) => ({ silentSeconds, silentLimitSeconds })

/** Instants of one form, in UTC: their texts sort as they do. */
const earlier = (one: string | null, other: string | null) =>
  one === null || (other !== null && other < one) ? other : one
const later = (one: string | null, other: string | null) =>
  one === null || (other !== null && other > one) ? other : one
