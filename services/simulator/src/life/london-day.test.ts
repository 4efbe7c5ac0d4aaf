import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { londonDay } from './london-day.ts'

const HOUR_MS = 3_600_000
const dayAt = (instant: string) => {
  const { from, to } = londonDay(Date.parse(instant))
  return { from: new Date(from).toISOString(), hours: (to - from) / HOUR_MS }
}

describe('londonDay', () => {
  it('begins at midnight by the clock on the wall', () => {
    expect(dayAt('2026-01-15T12:00:00Z')).toEqual({ from: '2026-01-15T00:00:00.000Z', hours: 24 })
    expect(dayAt('2026-07-15T12:00:00Z')).toEqual({ from: '2026-07-14T23:00:00.000Z', hours: 24 })
  })

  it.each(['2026-03-29T00:30:00Z', '2026-03-29T01:30:00Z', '2026-03-29T22:30:00Z'])(
    'has 23 hours when the clocks go forward (%s)',
    instant => expect(dayAt(instant)).toEqual({ from: '2026-03-29T00:00:00.000Z', hours: 23 }),
  )

  it.each(['2026-10-24T23:30:00Z', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T23:30:00Z'])(
    'has 25 hours when they go back (%s)',
    instant => expect(dayAt(instant)).toEqual({ from: '2026-10-24T23:00:00.000Z', hours: 25 }),
  )

  it('holds the time it was asked for, and follows on from the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') }), at => {
        const { from, to } = londonDay(at)
        expect(at).toBeGreaterThanOrEqual(from)
        expect(at).toBeLessThan(to)
        expect(londonDay(from - 1).to).toBe(from)
        expect(londonDay(to).from).toBe(to)
      }),
    )
  })
})
