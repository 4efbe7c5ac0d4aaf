import { describe, expect, it } from 'vitest'
import { wrapEvent, wrapFix } from '../judge.ts'
import { aFix, anEvent, START } from '../testing/timeline.fixture.ts'
import { compareKeys, isFixKey, isUsable, keyOf, measuredAtOf, receivedAtOf, sortObservations } from './observation.ts'

const fix = (at: number, seq = 0) => wrapFix(aFix({ at, seq }))
const event = (at: number, seq = 0) => wrapEvent(anEvent(at, 'strap-cut', { seq }))

describe('an observation', () => {
  it('stands in the order of measurement, events before fixes, then by its number', () => {
    const sorted = [event(1, 1), event(1, 2), fix(1, 1), fix(1, 2), event(2), fix(2)]
    expect(sortObservations(sorted.toReversed())).toEqual(sorted)
    expect(sortObservations([fix(1)])).toEqual([fix(1)])
    expect(compareKeys(keyOf(fix(3, 4)), keyOf(fix(3, 4)))).toBe(0)
    expect([fix(1), event(1)].map(keyOf).map(isFixKey)).toEqual([true, false])
  })

  it('of two with one name the first received stays first', () => {
    const [first, second] = [fix(1), wrapFix(aFix({ at: 1, receivedAt: START }))]
    expect(sortObservations([first, second])[0]).toBe(first)
    expect(sortObservations([second, first])[0]).toBe(second)
  })

  it('has two clocks', () => {
    expect([fix(5), event(5)].map(measuredAtOf)).toEqual([START + 5, START + 5])
    expect([fix(5), event(5)].map(receivedAtOf)).toEqual([START + 1_005, START + 1_005])
  })

  it('is of no use without a place, a time or a number', () => {
    expect([fix(1), event(1)].every(isUsable)).toBe(true)
    const odd = [{ measuredAt: Number.NaN }, { receivedAt: 9e15 }, { seq: Infinity }, { lon: 181 }, { lat: Number.NaN }]
    for (const given of odd) expect(isUsable(wrapFix(aFix({ at: 1, ...given })))).toBe(false)
  })
})
