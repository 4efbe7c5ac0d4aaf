import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyMultiPolygon, anyPlace, anyPolygon } from './arbitrary-zones.fixture.ts'
import { compileZone } from './compile-zone.ts'
import { signedDistanceM } from './signed-distance.ts'
import { createZoneIndex } from './zone-index.ts'

const anyZone = fc
  .tuple(
    fc.oneof(
      anyPolygon(8),
      anyMultiPolygon(),
      fc.record({
        type: fc.constant('Circle' as const),
        center: anyPlace,
        radius: fc.integer({ min: 1, max: 50_000 }),
      }),
    ),
    fc.integer({ min: 0, max: 5_000 }),
  )
  .map(([geometry, bufferM]) => compileZone(geometry, { bufferM }))

function row(count: number) {
  return Array.from({ length: count }, (_, i) =>
    compileZone({ type: 'Circle', center: [-5 + i / 20, 52], radius: 100 }),
  )
}

describe('createZoneIndex', () => {
  it.each([1, 10, 40])('misses none of %i zones times 0 to 4 that is within reach, buffer included', size => {
    const zones = fc.array(anyZone, { minLength: 0, maxLength: size * 4, size: 'max' })
    fc.assert(
      fc.property(zones, anyPlace, fc.double({ min: 0, max: 300_000, noNaN: true }), (all, [lon, lat], reachM) => {
        const near = new Set(createZoneIndex(all).near(lon, lat, reachM))
        const missed = all.filter((zone, i) => !near.has(i) && signedDistanceM(zone, lon, lat) < reachM * 0.999)
        expect(missed).toEqual([])
        const inBuffer = all.filter((zone, i) => !near.has(i) && signedDistanceM(zone, lon, lat) < zone.bufferM * 0.999)
        expect(inBuffer).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it.each([20, 120])('names of %i zones in a row those about the position, in order, and no others', count => {
    const index = createZoneIndex(row(count))
    expect(index.size).toBe(count)
    expect(index.near(-4.5, 52, 4_000)).toEqual([9, 10, 11])
    expect(index.near(-4.5, 53, 4_000)).toEqual([])
    expect(index.near(-4.5, 51, 4_000)).toEqual([])
    expect(index.near(-20, 52, 4_000)).toEqual([])
  })

  it.each([20, 120])('visits of %i zones the same as it names', count => {
    const index = createZoneIndex(row(count))
    const visited: number[] = []
    index.visit(-4.5, 52, 10_000, place => visited.push(place))
    expect(visited.sort((a, b) => a - b)).toEqual(index.near(-4.5, 52, 10_000))
  })

  it('names all zones for an endless reach and for one that holds a pole', () => {
    const index = createZoneIndex(row(3))
    expect(index.near(0, 0, Infinity)).toEqual([0, 1, 2])
    expect(index.near(170, 89, 6_000_000)).toEqual([0, 1, 2])
  })

  it('may be empty', () => {
    expect(createZoneIndex([]).near(0, 52, 1_000)).toEqual([])
  })
})
