import type { Clock } from '@cordon/runtime'

export interface FakeClock extends Clock {
  /** By so many milliseconds. */
  advance(ms: number): void
  set(ms: number): void
}

/** A clock that stands still until it is told. Starts on a Sunday in November 2026, 06:00 UTC, unless told otherwise. */
export function createFakeClock(startMs: number = Date.UTC(2026, 10, 22, 6)): FakeClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance(ms) {
      nowMs += ms
    },
    set(ms) {
      nowMs = ms
    },
  }
}
