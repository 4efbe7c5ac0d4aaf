import { describe, expect, it } from 'vitest'
import { createLatencies, mergeLatencies } from './latencies.ts'

describe('latencies', () => {
  it('gives the nearest rank, as sorting all of them would', () => {
    const latencies = createLatencies()
    const all = Array.from({ length: 1_000 }, (_, index) => (index * 7_919) % 997)
    for (const ms of all) latencies.add(ms)
    all.sort((a, b) => a - b)
    for (const share of [0.01, 0.5, 0.95, 0.99, 0.999, 1]) {
      expect(latencies.percentile(share)).toBe(all[Math.ceil(share * all.length) - 1])
    }
  })

  it('has no percentile of nothing', () => {
    expect(createLatencies().percentile(0.5)).toBeNaN()
    expect(createLatencies().count()).toBe(0)
  })

  it('takes what is below nothing as nothing, and what is above two minutes as two minutes', () => {
    const latencies = createLatencies([
      [-3, 1],
      [1e9, 2],
    ])
    expect(latencies.toPairs()).toEqual([
      [0, 1],
      [120_000, 2],
    ])
  })

  it('is the same put together from parts as counted at once', () => {
    const merged = mergeLatencies([
      [[1, 2]],
      [
        [1, 1],
        [5, 7],
      ],
    ])
    expect(merged.toPairs()).toEqual([
      [1, 3],
      [5, 7],
    ])
    expect(merged.count()).toBe(10)
    expect(merged.max()).toBe(5)
  })
})
