import { booleanPointInPolygon, distance } from '@turf/turf'
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
import { compileZone, edgesOf, grownBoxOf, type OpenPolygon, openZone } from './compile-zone.ts'
import type { LonLat, PolygonGeometry, Ring } from './geometry.ts'
import { isInside, TURF_MAX_VERTICES } from './is-inside.ts'
import { isInsideByRay } from './ray-crossing.ts'

const HEXAGON: Ring = [
  [-0.91, 52.24],
  [-0.905, 52.235],
  [-0.895, 52.235],
  [-0.89, 52.24],
  [-0.895, 52.245],
  [-0.905, 52.245],
  [-0.91, 52.24],
]
const HOLE: Ring = [
  [-0.902, 52.239],
  [-0.898, 52.239],
  [-0.898, 52.241],
  [-0.902, 52.241],
  [-0.902, 52.239],
]

function square([lon, lat]: LonLat, half: number): Ring[] {
  return [
    [
      [lon - half, lat - half],
      [lon + half, lat - half],
      [lon + half, lat + half],
      [lon - half, lat + half],
      [lon - half, lat - half],
    ],
  ]
}

function polygonOf(...coordinates: Ring[]): PolygonGeometry {
  return { type: 'Polygon', coordinates }
}

function mutable(rings: readonly Ring[]): number[][][] {
  return rings.map(ring => ring.map(position => [...position]))
}

describe('isInside', () => {
  it('knows the inside, the outside, the box corner and the hole of a hexagon', () => {
    const zone = compileZone(polygonOf(HEXAGON, HOLE))
    expect(isInside(zone, -0.905, 52.24)).toBe(true)
    expect(isInside(zone, -0.95, 52.24)).toBe(false)
    expect(isInside(zone, -0.9099, 52.2451 - 0.0002)).toBe(false)
    expect(isInside(zone, -0.9, 52.24)).toBe(false)
  })

  it('counts the boundary as inside', () => {
    const zone = compileZone(polygonOf(HEXAGON, HOLE))
    expect(isInside(zone, -0.91, 52.24)).toBe(true)
    expect(isInside(zone, -0.9, 52.235)).toBe(true)
    expect(isInside(zone, -0.902, 52.24)).toBe(true)
  })

  it('knows all parts of a multipolygon and the gap between them', () => {
    const zone = compileZone({ type: 'MultiPolygon', coordinates: [square([-1, 52], 0.01), square([-0.9, 52], 0.01)] })
    expect([-1, -0.95, -0.9].map(lon => isInside(zone, lon, 52))).toEqual([true, false, true])
  })

  it('works across longitude 0, on either side and on the meridian itself', () => {
    const zone = compileZone(polygonOf(...square([0.001, 51.48], 0.01)))
    expect([-0.0091, -0.0089, 0, 0.0109, 0.0111].map(lon => isInside(zone, lon, 51.48))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ])
  })

  it('works for a zone of one metre', () => {
    const zone = compileZone(polygonOf(...square([-0.9, 52.24], 0.5 / 111_195)))
    expect(isInside(zone, -0.9, 52.24)).toBe(true)
    expect(isInside(zone, -0.9, 52.24 + 0.6 / 111_195)).toBe(false)
  })

  it('takes a repeated vertex as one', () => {
    const zone = compileZone(polygonOf(HEXAGON.flatMap(position => [position, position])))
    expect(isInside(zone, -0.9, 52.24)).toBe(true)
  })

  it('keeps the same answer when it is asked again', () => {
    const zone = compileZone(polygonOf(HEXAGON))
    expect([1, 2].map(() => isInside(zone, -0.9, 52.24))).toEqual([true, true])
  })

  it('sees a circle as a circle on the ground, not as a polygon of it', () => {
    const zone = compileZone({ type: 'Circle', center: [-0.9, 52.24], radius: 100 })
    fc.assert(
      fc.property(
        fc.double({ min: -0.002, max: 0.002, noNaN: true }),
        fc.double({ min: -0.0012, max: 0.0012 }),
        (x, y) => {
          const metres = distance([-0.9, 52.24], [-0.9 + x, 52.24 + y], { units: 'meters' })
          fc.pre(Math.abs(metres - 100) > 1e-6)
          expect(isInside(zone, -0.9 + x, 52.24 + y)).toBe(metres < 100)
        },
      ),
    )
  })

  it('sees circles of any size as Turf measures them', () => {
    const anyRadius = fc.double({ min: 0, max: 5, noNaN: true }).map(exponent => 10 ** exponent)
    fc.assert(
      fc.property(anyPlace, anyRadius, anyAim, (center, radius, { across, up }) => {
        const zone = compileZone({ type: 'Circle', center, radius })
        const [west, south, east, north] = grownBoxOf(zone)
        const at = [
          center[0] + ((east - west) / 2) * across * 1.2,
          center[1] + ((north - south) / 2) * up * 1.2,
        ] as const
        const metres = distance([...center], [...at], { units: 'meters' })
        fc.pre(Math.abs(metres - radius) > 0.001)
        expect(isInside(zone, ...at)).toBe(metres < radius)
      }),
      { numRuns: 500 },
    )
  })
})

describe('isInside against Turf', () => {
  const sameAsTurf = (maxVertices: number) =>
    fc.property(anyPolygon(maxVertices), fc.array(anyAim, { minLength: 8, maxLength: 8 }), (geometry, aims) => {
      const zone = compileZone(geometry)
      for (const aim of aims) {
        const [lon, lat] = positionOf(aim, geometry.coordinates, 10_000)
        const expected = booleanPointInPolygon([lon, lat], geometry)
        const answers = [isInside(zone, lon, lat), isInsideByRay(edgesOf(openZone(zone) as OpenPolygon), lon, lat)]
        if (answers.some(answer => answer !== expected)) {
          expect(distanceBySearchM(geometry.coordinates, [lon, lat])).toBeLessThan(0.01)
        }
      }
    })

  it('gives the same for polygons that Turf decides, and for the ray', () => {
    fc.assert(sameAsTurf(40), { numRuns: 500 })
  })

  it('gives the same for polygons that the ray decides', () => {
    fc.assert(sameAsTurf(TURF_MAX_VERTICES * 6), { numRuns: 50 })
  })

  it('gives the same for multipolygons', () => {
    fc.assert(
      fc.property(anyMultiPolygon(), anyAim, (geometry, aim) => {
        const [lon, lat] = positionOf(aim, geometry.coordinates.flat(), 10_000)
        const zone = compileZone(geometry)
        const expected = booleanPointInPolygon([lon, lat], geometry)
        const answers = [isInside(zone, lon, lat), isInsideByRay(edgesOf(openZone(zone) as OpenPolygon), lon, lat)]
        if (answers.some(answer => answer !== expected)) {
          expect(distanceBySearchM(geometry.coordinates.flat(), [lon, lat])).toBeLessThan(0.01)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives the same at the very latitudes and longitudes of vertices, where rays meet two edges', () => {
    const comb = Array.from({ length: 300 }, (_, i): [number, number] => [
      i / 1_000,
      52 + (i % 2) / 100 + (i % 3) / 170,
    ])
    const ring: Ring = [...comb, [0.299, 51.9], [0, 51.9], comb[0]]
    const zone = compileZone(polygonOf(ring))
    const turf = { type: 'Polygon' as const, coordinates: mutable([ring]) }
    const asked = comb.flatMap(([lon, lat]) => [lon - 0.0003, lon + 0.0003].map(x => [x, lat] as const))
    expect(asked.map(at => isInside(zone, ...at))).toEqual(asked.map(at => booleanPointInPolygon([...at], turf)))
  })

  it('gives the same for a hundred islands with lakes, more than one leaf of them each', () => {
    const coordinates = Array.from({ length: 100 }, (_, i) => {
      const center: LonLat = [-3 + (i % 10) * 0.1, 55 + Math.floor(i / 10) * 0.1]
      return [...square(center, 0.03), ...square(center, 0.01)]
    })
    const zone = compileZone({ type: 'MultiPolygon', coordinates })
    const turf = { type: 'MultiPolygon' as const, coordinates: coordinates.map(mutable) }
    fc.assert(
      fc.property(fc.double({ min: -3.1, max: -2, noNaN: true }), fc.double({ min: 54.9, max: 56 }), (lon, lat) => {
        expect(isInside(zone, lon, lat)).toBe(booleanPointInPolygon([lon, lat], turf))
      }),
      { numRuns: 1_000 },
    )
  })
})
