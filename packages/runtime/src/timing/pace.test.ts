import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPace } from './pace.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Work that takes so long, by the clock of the test. */
function working(tookMs: number) {
  const at: number[] = []
  const begun = performance.now()
  const pace = createPace({
    work: () => {
      at.push(performance.now() - begun)
      vi.setSystemTime(Date.now() + tookMs)
      vi.advanceTimersByTime(tookMs)
    },
    leastMs: 40,
    mostMs: 250,
    share: 0.1,
  })
  return { at, pace }
}

describe('a pace', () => {
  it('does at once what comes after a quiet while, and gathers what comes soon after it', () => {
    const { at, pace } = working(0)
    pace.ask()
    expect(at).toEqual([0])
    pace.ask()
    pace.ask()
    vi.advanceTimersByTime(39)
    expect(at).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(at).toEqual([0, 40])
    vi.advanceTimersByTime(500)
    expect(at).toHaveLength(2)
    pace.ask()
    expect(at).toEqual([0, 40, 540])
  })

  it.each([
    [10, 100],
    [200, 250],
  ])('rests in proportion: after %i ms of work it begins again %i ms after it began', (tookMs, expected) => {
    const { at, pace } = working(tookMs)
    pace.ask()
    pace.ask()
    vi.advanceTimersByTime(1_000)
    expect(at).toEqual([0, expected])
  })

  it('does nothing any more once it is stopped', () => {
    const { at, pace } = working(0)
    pace.ask()
    pace.ask()
    pace.stop()
    pace.ask()
    vi.advanceTimersByTime(1_000)
    expect(at).toEqual([0])
  })
})
