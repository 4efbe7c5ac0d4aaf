import { describe, expect, it } from 'vitest'
import { planTags } from '../stack/register.ts'
import { planEntries } from './plan-entries.ts'

const plan = (tags: number, entriesPerSecond: number) =>
  planEntries(planTags(tags), { entriesPerSecond, warmUpMs: 10_000, windowMs: 60_000 }).flatMap(
    ({ entry }) => entry ?? [],
  )

describe('entries', () => {
  it.each([
    [2_000, 1, 60],
    [100, 0.5, 30],
    [7, 1, 7],
    [2_000, 0, 0],
    [2_000, 0.001, 1],
    [333, 2, 120],
  ])('of %i wearers at %f a second are %i', (tags, rate, expected) => {
    expect(plan(tags, rate)).toHaveLength(expected)
  })

  it('lie within the window, evenly', () => {
    const times = plan(2_000, 1).map(({ afterMs }) => afterMs)
    expect(Math.min(...times)).toBe(10_000)
    expect(Math.max(...times)).toBeLessThan(10_000 + 0.95 * 60_000)
    expect(new Set(times.slice(1).map((at, index) => at - (times[index] ?? 0)))).toEqual(new Set([950]))
  })
})
