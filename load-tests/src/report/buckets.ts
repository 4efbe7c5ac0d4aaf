/** A histogram of Prometheus' text format: how many observations were at most so large, ascending, the last bound +Infinity. */
export interface Bucket {
  readonly atMost: number
  readonly count: number
}

/** Reads one histogram without labels of its own from what `GET /metrics` answers; empty when it is not there. */
export function readBuckets(text: string, name: string): readonly Bucket[] {
  const line = new RegExp(`^${name}_bucket\\{[^}]*le="([^"]+)"[^}]*\\} (\\S+)$`, 'gm')
  return [...text.matchAll(line)].map(([, bound, count]) => ({
    atMost: bound === '+Inf' ? Number.POSITIVE_INFINITY : Number(bound),
    count: Number(count),
  }))
}

/** What was observed between two readings. */
export function since(before: readonly Bucket[], after: readonly Bucket[]): readonly Bucket[] {
  return after.map(({ atMost, count }, index) => ({ atMost, count: count - (before[index]?.count ?? 0) }))
}

/** The value that `share` of the observations do not exceed, taken to lie evenly within its bucket; NaN when there are none. */
export function interpolate(buckets: readonly Bucket[], share: number): number {
  const rank = share * (buckets.at(-1)?.count ?? 0)
  if (rank === 0) return Number.NaN
  let below: Bucket = { atMost: 0, count: 0 }
  for (const bucket of buckets) {
    if (bucket.count >= rank) {
      if (!Number.isFinite(bucket.atMost)) return below.atMost
      return below.atMost + ((bucket.atMost - below.atMost) * (rank - below.count)) / (bucket.count - below.count)
    }
    below = bucket
  }
  return below.atMost
}
