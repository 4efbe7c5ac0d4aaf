import { distance, pointToPolygonDistance } from '@turf/turf'
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
import { METRES_PER_DEGREE } from './earth.ts'
import type { LonLat, Ring } from './geometry.ts'
import { isInside } from './is-inside.ts'
import { signedDistanceM } from './signed-distance.ts'

const LAT_METRE = 1 / METRES_PER_DEGREE
const SQUARE: [number, number][] = [
  [-0.01, 52],
  [0.01, 52],
  [0.01, 52.02],
  [-0.01, 52.02],
  [-0.01, 52],
]
const HOLE: [number, number][] = [
  [-0.001, 52.009],
  [0.001, 52.009],
  [0.001, 52.011],
  [-0.001, 52.011],
  [-0.001, 52.009],
]
const zone = compileZone({ type: 'Polygon', coordinates: [SQUARE] })

/**
 * Turf's `geodesic` method takes each edge as a great circle, `booleanPointInPolygon` as straight in longitude and
 * latitude; with edges cut to at most 0.005° (350 m) the two are within 4 mm of one another. (Its `planar` method is no oracle:
 * it drops the perpendicular in unscaled degrees and comes out up to 12 % too long at 52° north.)
 */
function cutEdges(ring: Ring): [number, number][] {
  return ring.slice(1).flatMap(([lonB, latB], i) => {
    const [lonA, latA] = ring[i]
    const pieces = Math.ceil(Math.max(Math.abs(lonB - lonA), Math.abs(latB - latA)) / 0.005)
    const cut = (t: number): [number, number] => [lonA + (lonB - lonA) * t, latA + (latB - latA) * t]
    return Array.from({ length: pieces }, (_, k) => cut(k / pieces)).concat(i === ring.length - 2 ? [[lonB, latB]] : [])
  })
}

function expectClose(actual: number, expected: number, { share, metres }: { share: number; metres: number }): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.max(metres, Math.abs(expected) * share))
}

describe('signedDistanceM', () => {
  it('is positive outside, negative inside and 0 on the boundary', () => {
    expect(signedDistanceM(zone, 0, 52 - 100 * LAT_METRE)).toBeCloseTo(100, 3)
    expect(signedDistanceM(zone, 0, 52 + 100 * LAT_METRE)).toBeCloseTo(-100, 3)
    expect(signedDistanceM(zone, 0.01, 52)).toBe(0)
  })

  it('measures to the corner where no edge is abreast', () => {
    const corner = distance([0.01, 52.02], [0.02, 52.03], { units: 'meters' })
    expectClose(signedDistanceM(zone, 0.02, 52.03), corner, { share: 1e-5, metres: 0 })
  })

  it('takes the rings of holes as boundary, from within the hole and from beside it', () => {
    const holed = compileZone({ type: 'Polygon', coordinates: [SQUARE, HOLE] })
    expect(signedDistanceM(holed, 0, 52.009 + 10 * LAT_METRE)).toBeCloseTo(10, 3)
    expect(signedDistanceM(holed, 0, 52.009 - 10 * LAT_METRE)).toBeCloseTo(-10, 3)
  })

  it('measures circles from the centre', () => {
    const circle = compileZone({ type: 'Circle', center: [0, 52], radius: 250 })
    expect(signedDistanceM(circle, 0, 52)).toBe(-250)
    expect(signedDistanceM(circle, 0, 52 + 1_000 * LAT_METRE)).toBeCloseTo(750, 6)
  })

  it('says of what is beyond the cutoff only on which side it lies', () => {
    const [north, east, deep] = [signedDistanceM(zone, 0, 53, 500), signedDistanceM(zone, 1, 52.01, 500), 52.01]
    expect(north).toBeGreaterThanOrEqual(500)
    expect(east).toBeGreaterThanOrEqual(500)
    expect(signedDistanceM(zone, -1, 52.01, 500)).toBeGreaterThanOrEqual(500)
    expect(signedDistanceM(zone, 0, 51, 500)).toBeGreaterThanOrEqual(500)
    expect(signedDistanceM(zone, 0, deep, 500)).toBe(-500)
  })

  it('has the corner of the box, where boxes are near but edges are not, beyond the cutoff', () => {
    const triangle = compileZone({
      type: 'Polygon',
      coordinates: [
        [
          [0, 52],
          [0.1, 52],
          [0, 52.1],
          [0, 52],
        ],
      ],
    })
    expect(signedDistanceM(triangle, 0.1, 52.1, 500)).toBe(500)
  })
})

describe('signedDistanceM by properties', () => {
  const aims = fc.array(anyAim, { minLength: 4, maxLength: 4 })

  it('is within 0.5 % or 0.5 m of Turf up to 50 km, from gardens to counties', () => {
    fc.assert(
      fc.property(anyPolygon(12), anyAim, (geometry, aim) => {
        const position = positionOf(aim, geometry.coordinates, 50_000)
        const cut = { type: 'Polygon' as const, coordinates: geometry.coordinates.map(cutEdges) }
        const expected = pointToPolygonDistance([...position], cut, { units: 'meters', method: 'geodesic' })
        const actual = signedDistanceM(compileZone(geometry), ...position)
        expectClose(actual, expected, { share: 0.005, metres: 0.5 })
      }),
      { numRuns: 60 },
    )
  })

  it('is within 0.01 % or 1 mm of a search along every edge, up to 50 km', () => {
    fc.assert(
      fc.property(fc.oneof(anyPolygon(), anyMultiPolygon()), aims, (geometry, all) => {
        const rings: Ring[] = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
        const compiled = compileZone(geometry)
        for (const position of all.map(aim => positionOf(aim, rings, 50_000))) {
          const actual = signedDistanceM(compiled, ...position)
          expectClose(Math.abs(actual), distanceBySearchM(rings, position), { share: 1e-4, metres: 0.001 })
          expect(actual <= 0).toBe(isInside(compiled, ...position) || actual === 0)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is within 0.1 % of the search up to 200 km', () => {
    fc.assert(
      fc.property(anyPolygon(), anyAim, (geometry, aim) => {
        const position = positionOf({ ...aim, isClose: false }, geometry.coordinates, 200_000)
        const expected = distanceBySearchM(geometry.coordinates, position)
        const actual = Math.abs(signedDistanceM(compileZone(geometry), ...position))
        expectClose(actual, expected, { share: 1e-3, metres: 0.001 })
      }),
      { numRuns: 150 },
    )
  })

  it('holds for edges of 100 km, which no great circle follows', () => {
    const coordinates: [number, number][][] = [
      [
        [-1, 52],
        [0.5, 52],
        [0.5, 52.9],
        [-1, 52.9],
        [-1, 52],
      ],
    ]
    const county = compileZone({ type: 'Polygon', coordinates })
    fc.assert(
      fc.property(anyAim, aim => {
        const position = positionOf(aim, coordinates, 50_000)
        const expected = distanceBySearchM(coordinates, position)
        expectClose(Math.abs(signedDistanceM(county, ...position)), expected, { share: 1e-4, metres: 0.001 })
      }),
    )
  })

  it('finds the nearest of thousands of edges', () => {
    fc.assert(
      fc.property(anyPolygon(3_000), aims, (geometry, all) => {
        const compiled = compileZone(geometry)
        for (const position of all.map(aim => positionOf(aim, geometry.coordinates, 50_000))) {
          const expected = distanceBySearchM(geometry.coordinates, position)
          expectClose(Math.abs(signedDistanceM(compiled, ...position)), expected, { share: 1e-4, metres: 0.001 })
        }
      }),
      { numRuns: 10 },
    )
  })

  it('holds south of the equator', () => {
    const coordinates = [SQUARE.map(([lon, lat]): [number, number] => [lon, -lat])]
    const south = compileZone({ type: 'Polygon', coordinates })
    fc.assert(
      fc.property(anyAim, aim => {
        const position = positionOf(aim, coordinates, 50_000)
        const expected = distanceBySearchM(coordinates, position)
        expectClose(Math.abs(signedDistanceM(south, ...position)), expected, { share: 1e-4, metres: 0.001 })
      }),
    )
  })

  it('with a cutoff is the distance below it, and a figure on the right side beyond it', () => {
    const anyCutoff = fc.double({ min: 0, max: 5, noNaN: true }).map(exponent => 10 ** exponent)
    fc.assert(
      fc.property(fc.oneof(anyPolygon(200), anyMultiPolygon()), anyAim, anyCutoff, (geometry, aim, cutoffM) => {
        const rings: Ring[] = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat()
        const position = positionOf(aim, rings, 200_000)
        const compiled = compileZone(geometry)
        const exact = signedDistanceM(compiled, ...position)
        const cut = signedDistanceM(compiled, ...position, cutoffM)
        if (Math.abs(cut) < cutoffM) expect(cut).toBe(exact)
        else {
          expect(Math.abs(exact)).toBeGreaterThanOrEqual(cutoffM * 0.999)
          expect(Math.sign(cut)).toBe(Math.sign(exact))
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('of a circle is what Turf measures, with or without a cutoff', () => {
    fc.assert(
      fc.property(
        anyPlace,
        fc.double({ min: 1, max: 100_000, noNaN: true }),
        anyAim,
        (center, radius, { across, up }) => {
          const circle = compileZone({ type: 'Circle', center, radius })
          const position: LonLat = [center[0] + across * 2, center[1] + up * 2]
          const expected = distance([...center], [...position], { units: 'meters' }) - radius
          expectClose(signedDistanceM(circle, ...position), expected, { share: 0, metres: 1e-5 })
          const cut = signedDistanceM(circle, ...position, 1_000)
          if (Math.abs(cut) < 1_000) expectClose(cut, expected, { share: 0, metres: 1e-5 })
          else expect(Math.abs(expected)).toBeGreaterThanOrEqual(999)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})
