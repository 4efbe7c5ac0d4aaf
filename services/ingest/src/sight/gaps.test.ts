import { describe, expect, it } from 'vitest'
import { createGaps } from './gaps.ts'

const MINUTE = 60_000

function aFeed(firstMs = 2 * MINUTE) {
  const clock = { ms: 1_000_000 }
  const gaps = createGaps(
    () => clock.ms,
    () => firstMs,
  )
  return {
    gaps,
    every: (ms: number, forMs: number) => {
      for (let left = forMs; left > 0; left -= ms) {
        clock.ms += ms
        gaps.received()
      }
    },
    wait: (ms: number) => {
      clock.ms += ms
    },
  }
}

describe('the silence of all tags', () => {
  it('of a busy feed is too long after eight seconds', () => {
    const feed = aFeed()
    feed.every(300, 2 * MINUTE)
    expect(feed.gaps.limitMs()).toBe(8_000)
    feed.wait(8_001)
    expect(feed.gaps.silentMs()).toBeGreaterThan(feed.gaps.limitMs())
  })

  it('of tags that report in step is to be expected from one minute to the next', () => {
    const feed = aFeed()
    feed.every(MINUTE, 5 * MINUTE)
    expect(feed.gaps.limitMs()).toBe(90_000)
  })

  it('is not judged before a tag has had the time to report, however much the broker had kept for the start', () => {
    const feed = aFeed()
    feed.every(1, 500)
    feed.wait(30_000)
    expect(feed.gaps.silentMs()).toBeLessThan(feed.gaps.limitMs())
  })

  it('teaches for ten minutes, and what was too long widens what is expected by half', () => {
    const feed = aFeed()
    feed.every(10_000, 2 * MINUTE)
    expect(feed.gaps.limitMs()).toBe(15_000)
    feed.wait(10 * MINUTE)
    feed.gaps.received()
    expect(feed.gaps.limitMs()).toBeLessThanOrEqual(22_500)
    feed.every(1_000, 11 * MINUTE)
    expect(feed.gaps.limitMs()).toBe(8_000)
  })
})
