import { booleanIntersects, lineString } from '@turf/turf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anyAim,
  anyMultiPolygon,
  anyPlace,
  anyPolygon,
  distanceBySearchM,
  positionOf,
} from './arbitrary-zones.fixture.ts'
import { compileZone } from './compile-zone.ts'
import { crossesZone } from './crosses-zone.ts'
import type { Ring } from './geometry.ts'

const zone = compileZone({
  type: 'Polygon',
  coordinates: [
    [
      [-0.01, 52],
      [0.01, 52],
      [0.01, 52.02],
      [-0.01, 52.02],
      [-0.01, 52],
    ],
  ],
})

describe('crossesZone', () => {
  it('is so for a way through the zone with neither end in it', () => {
    expect(crossesZone(zone, [-0.02, 52.01], [0.02, 52.01])).toBe(true)
  })

  it('is so for a way with one end in the zone, or all of it', () => {
    expect(crossesZone(zone, [-0.02, 52.01], [0, 52.01])).toBe(true)
    expect(crossesZone(zone, [0, 52.01], [-0.02, 52.01])).toBe(true)
    expect(crossesZone(zone, [0, 52.01], [0.001, 52.01])).toBe(true)
  })

  it('is not so for a way past a corner or far away, or for standing still outside', () => {
    expect(crossesZone(zone, [-0.02, 52.01], [-0.005, 52.03])).toBe(false)
    expect(crossesZone(zone, [1, 53], [1.1, 53.1])).toBe(false)
    expect(crossesZone(zone, [1, 53], [1, 53])).toBe(false)
  })

  it('is so for a way past the centre of a circle within its radius, and not beyond', () => {
    const circle = compileZone({ type: 'Circle', center: [0, 52], radius: 500 })
    expect(crossesZone(circle, [-0.1, 52.004], [0.1, 52.004])).toBe(true)
    expect(crossesZone(circle, [-0.1, 52.005], [0.1, 52.005])).toBe(false)
    expect(crossesZone(circle, [0, 52.001], [0.1, 52.005])).toBe(true)
  })

  it('is what Turf says for polygons and multipolygons', () => {
    fc.assert(
      fc.property(fc.oneof(anyPolygon(100), anyMultiPolygon()), anyAim, anyAim, (geometry, one, other) => {
        const rings: Ring[] = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
        const [from, to] = [positionOf(one, rings, 50_000), positionOf(other, rings, 50_000)]
        // A way that only just touches is decided by rounding: one that turns out otherwise a centimetre aside is left out.
        const asides = [0, 1e-7, -1e-7].flatMap(east => [0, 1e-7, -1e-7].map(north => ({ east, north })))
        const said = asides.map(({ east, north }) => {
          const way = [from, to].map(([lon, lat]) => [lon + east, lat + north])
          return booleanIntersects(lineString(way), geometry)
        })
        fc.pre(new Set(said).size === 1)
        expect(crossesZone(compileZone(geometry), from, to)).toBe(said[0])
      }),
      { numRuns: 500 },
    )
  })

  it('is what a search along the way says for circles', () => {
    fc.assert(
      fc.property(anyPlace, fc.integer({ min: 10, max: 10_000 }), anyAim, anyAim, (center, radius, one, other) => {
        const [from, to] = [one, other].map(aim => positionOf(aim, [[center, center]], 30_000))
        const nearestM = distanceBySearchM([[from, to]], center)
        fc.pre(Math.abs(nearestM - radius) > 0.5)
        expect(crossesZone(compileZone({ type: 'Circle', center, radius }), from, to)).toBe(nearestM < radius)
      }),
      { numRuns: 500 },
    )
  })

  it('of a zone of many vertices is not so of a way close past it, through the boxes of its edges only', () => {
    const ring: Ring = Array.from({ length: 1_001 }, (_, i) => {
      const angle = ((i % 1_000) / 500) * Math.PI
      return [0.1 * Math.cos(angle), 52 + 0.1 * Math.sin(angle)]
    })
    const round = compileZone({ type: 'Polygon', coordinates: [ring] })
    // tangents, a little outside: each meets boxes of some edges and none of the edges
    for (let degrees = 0; degrees < 360; degrees += 5) {
      const angle = (degrees * Math.PI) / 180
      const place = (along: number): [number, number] => [
        0.1001 * Math.cos(angle) - along * Math.sin(angle),
        52 + 0.1001 * Math.sin(angle) + along * Math.cos(angle),
      ]
      expect(crossesZone(round, place(-0.03), place(0.03))).toBe(false)
    }
    expect(crossesZone(round, [-0.2, 52.001], [0.2, 52.001])).toBe(true)
  })
})
