/** Where a part gets the time from: milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` counts them. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
