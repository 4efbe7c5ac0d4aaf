/** Latencies counted by whole milliseconds: exact where a clock of milliseconds is, and of fixed size however long a run is. */
export interface Latencies {
  add(ms: number, times?: number): void
  count(): number
  /** The smallest latency that at least this share (0 to 1) does not exceed; NaN when nothing was counted. */
  percentile(share: number): number
  max(): number
  /** [milliseconds, how often], ascending: for another process. */
  toPairs(): readonly LatencyPair[]
}

export type LatencyPair = readonly [ms: number, times: number]

/** Anything longer counts as this: two minutes is beyond every promise. */
const LONGEST_MS = 120_000

export function createLatencies(pairs: readonly LatencyPair[] = []): Latencies {
  const counts = new Uint32Array(LONGEST_MS + 1)
  let total = 0
  const add = (ms: number, times = 1) => {
    const bucket = Math.min(LONGEST_MS, Math.max(0, Math.floor(ms)))
    counts[bucket] = (counts[bucket] ?? 0) + times
    total += times
  }
  for (const [ms, times] of pairs) add(ms, times)

  const percentile = (share: number) => {
    if (total === 0) return Number.NaN
    const rank = Math.max(1, Math.ceil(share * total))
    let seen = 0
    let ms = -1
    while (seen < rank) seen += counts[++ms] ?? 0
    return ms
  }
  return {
    add,
    count: () => total,
    percentile,
    max: () => percentile(1),
    toPairs: () => [...counts.entries()].filter(([, times]) => times > 0),
  }
}

export function mergeLatencies(parts: readonly (readonly LatencyPair[])[]): Latencies {
  return createLatencies(parts.flat())
}
