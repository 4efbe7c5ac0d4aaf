export interface RecentRate {
  add(count: number): void
  /** What was added a second, over the last minute, or since the start when that is less. To be asked about every second. */
  perSecond(now: number): number
}

const WINDOW_MS = 60_000

/** Tags report once a minute or so, often together: over a single second a small register would look dead most of the time. */
export function createRecentRate(startedAt: number): RecentRate {
  let spans: { readonly ms: number; readonly count: number }[] = []
  let count = 0
  let since = startedAt
  return {
    add: more => {
      count += more
    },
    perSecond: now => {
      const ms = now - since
      // a clock that was set says nothing of how long it was
      if (ms < 0 || ms > WINDOW_MS) spans = []
      else spans.push({ ms, count })
      let windowMs = spans.reduce((sum, span) => sum + span.ms, 0)
      while (windowMs > WINDOW_MS) windowMs -= spans.shift()?.ms ?? 0
      count = 0
      since = now
      return windowMs === 0 ? 0 : (spans.reduce((sum, span) => sum + span.count, 0) / windowMs) * 1_000
    },
  }
}
