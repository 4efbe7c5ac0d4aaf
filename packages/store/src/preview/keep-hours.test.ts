import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Afterwards, type Box, type HourBox, keepHours } from './keep-hours.ts'

const box: Box = { west: 0, south: 0, east: 1, north: 1 }
type Point = readonly [x: number, y: number]

const NOTHING = { fixes: 0, ms: 0 }
const HOUR = 3_600_000
/** Hours that follow each other. */
const keepOf = (hours: readonly HourBox[], near: Box, after: Afterwards) =>
  keepHours(
    hours.map((hour, i) => ({ ...hour, hour: i * HOUR })),
    near,
    after,
  )

const around = (points: readonly Point[]): HourBox => ({
  hour: 0,
  fixes: points.length,
  west: Math.min(...points.map(([x]) => x)),
  east: Math.max(...points.map(([x]) => x)),
  south: Math.min(...points.map(([, y]) => y)),
  north: Math.max(...points.map(([, y]) => y)),
})
const touches = (a: Box): boolean => a.west <= 1 && a.east >= 0 && a.south <= 1 && a.north >= 0
const hourAt = (x: number, y: number, fixes = 1): HourBox => ({
  hour: 0,
  fixes,
  west: x,
  east: x,
  south: y,
  north: y,
})

describe('the hours that are kept', () => {
  it('are the ones in the box and their neighbours', () => {
    const hours = [hourAt(-5, 0), hourAt(-5, 0), hourAt(0.5, 0.5), hourAt(-5, 0), hourAt(-5, 0)]
    expect(keepOf(hours, box, NOTHING)).toEqual([false, true, true, true, false])
  })

  it('are two between which the straight way may cross it', () => {
    expect(keepOf([hourAt(-9, 0), hourAt(-5, 0), hourAt(5, 0), hourAt(9, 0)], box, NOTHING)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(keepOf([hourAt(-5, 5), hourAt(5, 5)], box, NOTHING)).toEqual([false, false])
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
    expect(keepOf(there, box, NOTHING)).toEqual(there.map(() => true))
  })

  it('are followed by what tells that the wearer has left: fixes, over a time', () => {
    const hours = [hourAt(0.5, 0.5), ...Array.from({ length: 5 }, () => hourAt(5, 5, 2))]
    const last = (fixes: number, ms: number) => keepOf(hours, box, { fixes, ms }).lastIndexOf(true)
    expect(last(0, 0)).toBe(1) // the way out leads into the next hour
    expect(last(2, 0)).toBe(2)
    expect(last(3, 0)).toBe(3)
    expect(last(0, 2 * HOUR)).toBe(3)
    expect(last(100, 0)).toBe(5)
  })

  it('leave no straight way near the box out, and make up none', () => {
    const coordinate = fc.integer({ min: -3, max: 4 })
    const tracks = fc.array(fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 4 }), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(tracks, hours => {
        const isKept = keepOf(hours.map(around), box, NOTHING)
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
