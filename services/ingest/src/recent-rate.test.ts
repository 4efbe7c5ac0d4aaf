import { expect, it } from 'vitest'
import { createRecentRate } from './recent-rate.ts'

it('is what came in a second over the last minute, although it comes all at once', () => {
  const rate = createRecentRate(0)
  rate.add(200)
  expect(rate.perSecond(1_000)).toBe(200)
  expect(rate.perSecond(2_000)).toBe(100)
  for (let second = 3; second <= 60; second++) rate.perSecond(second * 1_000)
  rate.add(200)
  expect(rate.perSecond(61_000)).toBeCloseTo(200 / 60)
  for (let second = 62; second <= 120; second++) expect(rate.perSecond(second * 1_000)).toBeCloseTo(200 / 60)
  expect(rate.perSecond(121_000)).toBe(0)
})

it('begins anew when the clock was set, and says 0 of no time at all', () => {
  const rate = createRecentRate(10_000)
  expect(rate.perSecond(10_000)).toBe(0)
  rate.add(60)
  expect(rate.perSecond(11_000)).toBe(60)
  rate.add(60)
  expect(rate.perSecond(3_611_000)).toBe(0)
  rate.add(30)
  expect(rate.perSecond(3_612_000)).toBe(30)
  expect(rate.perSecond(12_000)).toBe(0)
})
