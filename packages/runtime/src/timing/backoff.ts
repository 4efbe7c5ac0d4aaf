export interface BackoffOptions {
  /** First wait, and the least there is. */
  readonly minMs: number
  /** The most there is, however often it failed. */
  readonly maxMs: number
  /** In [0, 1), as `Math.random`. An argument, so that a test can repeat it. */
  readonly random: () => number
}

export interface Backoff {
  /** How long to wait before the next attempt, in whole milliseconds. */
  next(): number
  /** After a success: the next failure waits briefly again. */
  reset(): void
}

/**
 * Doubling waits with jitter: the n-th lies in the upper half of `minMs · 2ⁿ`, never outside [minMs, maxMs]. The jitter
 * keeps a thousand clients that lost the same server from coming back in the same millisecond.
 */
export function backoff({ minMs, maxMs, random }: BackoffOptions): Backoff {
  if (!(minMs > 0 && maxMs >= minMs)) throw new RangeError(`backoff needs 0 < minMs <= maxMs, got ${minMs}, ${maxMs}`)
  let ceilingMs = minMs
  return {
    next() {
      const waitMs = ceilingMs * (0.5 + random() / 2)
      ceilingMs = Math.min(maxMs, ceilingMs * 2)
      return Math.round(Math.min(maxMs, Math.max(minMs, waitMs)))
    },
    reset() {
      ceilingMs = minMs
    },
  }
}
