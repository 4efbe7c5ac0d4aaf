import { describe, expect, it } from 'vitest'
import { perDay, quantile, wilson } from './intervals.ts'
import { addRuns, EMPTY_TALLY } from './tally.ts'

describe('intervals', () => {
  it('of a share are those of Wilson: 81 of 263 is 25.5 to 36.6 %', () => {
    // R. G. Newcombe 1998, table I
    expect(wilson(81, 263)).toEqual({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
  })

  it('of a share of all, or of nothing', () => {
    expect(wilson(20, 20)).toEqual({ low: expect.closeTo(0.8389, 4), high: expect.closeTo(1, 9) })
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })

  it('of a rate that never happened end at three in the time watched', () => {
    expect(perDay(0, 0, 100)).toEqual({ low: 0, high: 0.03 })
  })

  it('of a rate widen with how much it varied between runs', () => {
    expect(perDay(100, 100, 10).high).toBeCloseTo(11.96)
    expect(perDay(100, 400, 10).high).toBeCloseTo(13.92)
  })

  it('takes the variance of a sum from equal runs', () => {
    const runs = [0, 0, 4, 4].map(falseConfirmed => ({ ...EMPTY_TALLY, falseConfirmed }))
    // s² = 16 / 3, four runs
    expect(addRuns(runs)).toMatchObject({ falseConfirmed: 8, falseVariance: expect.closeTo(64 / 3) })
  })

  it('finds the smallest value that a share does not exceed', () => {
    expect(quantile([5, 1, 3, 2, 4], 0.5)).toBe(3)
    expect(quantile([1, 2], 0.95)).toBe(2)
    expect(quantile([], 0.5)).toBeNaN()
  })
})
