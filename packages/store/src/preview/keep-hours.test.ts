import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Box, keepHours } from './keep-hours.ts'

const box: Box = { west: 0, south: 0, east: 1, north: 1 }
type Point = readonly [x: number, y: number]

const around = (points: readonly Point[]): Box => ({
  west: Math.min(...points.map(([x]) => x)),
  east: Math.max(...points.map(([x]) => x)),
  south: Math.min(...points.map(([, y]) => y)),
  north: Math.max(...points.map(([, y]) => y)),
})
const touches = (a: Box): boolean => a.west <= 1 && a.east >= 0 && a.south <= 1 && a.north >= 0
const hourAt = (x: number, y: number): Box => ({ west: x, east: x, south: y, north: y })

describe('the hours that are kept', () => {
  it('are the ones in the box and their neighbours', () => {
    const hours = [hourAt(-5, 0), hourAt(-5, 0), hourAt(0.5, 0.5), hourAt(-5, 0), hourAt(-5, 0)]
    expect(keepHours(hours, box)).toEqual([false, true, true, true, false])
  })

  it('are two between which the straight way may cross it', () => {
    expect(keepHours([hourAt(-9, 0), hourAt(-5, 0), hourAt(5, 0), hourAt(9, 0)], box)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(keepHours([hourAt(-5, 5), hourAt(5, 5)], box)).toEqual([false, false])
  })

  it('include a way round it, or what is left of it would lead through', () => {
    const there = [
      hourAt(0.5, 0.5),
      hourAt(-5, 0.5),
      hourAt(-5, 5),
      hourAt(0, 5),
      hourAt(5, 5),
      hourAt(5, 0.5),
      hourAt(1, 0.5),
    ]
    expect(keepHours(there, box)).toEqual(there.map(() => true))
  })

  it('leave no straight way near the box out, and make up none', () => {
    const coordinate = fc.integer({ min: -3, max: 4 })
    const tracks = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 4 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(tracks, hours => {
        const isKept = keepHours(hours.map(around), box)
        const all = hours.flatMap((points, hour) => points.map(point => ({ point, kept: isKept[hour] === true })))
        const pairs = all.slice(1).map((to, i) => [all[i] ?? to, to] as const)
        for (const [from, to] of pairs)
          if (touches(around([from.point, to.point]))) expect(from.kept && to.kept).toBe(true)
        const kept = all.flatMap((fix, place) => (fix.kept ? [{ ...fix, place }] : []))
        for (const [i, to] of kept.entries()) {
          const from = kept[i - 1]
          if (from !== undefined && to.place > from.place + 1)
            expect(touches(around([from.point, to.point]))).toBe(false)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
