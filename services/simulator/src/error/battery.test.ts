import { describe, expect, it } from 'vitest'
import { BATTERY_LOW_PERCENT, createBattery } from './battery.ts'

const HOUR_MS = 3_600_000
const day = { from: 0, to: 24 * HOUR_MS }
const batteries = Array.from({ length: 200 }, (_, tag) => createBattery(1, `nc-${tag}`))

describe('a battery', () => {
  it('is full in the morning, falls through the day, and is charged at its end', () => {
    for (const battery of batteries) {
      const percents = Array.from({ length: 24 }, (_, hour) => battery.at(hour * HOUR_MS, day).percent)
      expect(percents[1]).toBe(100)
      const waking = percents.slice(1, 22)
      expect(waking).toEqual(waking.toSorted((a, b) => b - a))
      expect(battery.at(day.to - 1, day)).toEqual({ percent: 100, isCharged: true })
      expect(battery.at(12 * HOUR_MS, day).isCharged).toBe(false)
    }
  })

  it('gets low in the evening for a few, and for no more', () => {
    const low = batteries.filter(battery => battery.at(22.5 * HOUR_MS, day).percent < BATTERY_LOW_PERCENT)
    expect(low.length).toBeGreaterThanOrEqual(2)
    expect(low.length).toBeLessThanOrEqual(20)
  })
})
