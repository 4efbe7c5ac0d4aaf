import { describe, expect, it } from 'vitest'
import { compileZone, grownBoxOf, zoneBox, zoneCentre } from './compile-zone.ts'
import { greatCircleM } from './earth.ts'
import type { ZoneGeometry } from './geometry.ts'

const L_SHAPE: ZoneGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [-1, 52],
      [-0.8, 52],
      [-0.8, 52.1],
      [-0.95, 52.1],
      [-0.95, 52.2],
      [-1, 52.2],
      [-1, 52],
    ],
  ],
}

describe('compileZone', () => {
  it('knows box and middle of a polygon', () => {
    const zone = compileZone(L_SHAPE)
    expect(zoneBox(zone)).toEqual([-1, 52, -0.8, 52.2])
    expect(grownBoxOf(zone)).toEqual([-1, 52, -0.8, 52.2])
    expect(zoneCentre(zone)).toEqual([-0.9, 52.1])
  })

  it('knows box and middle of a circle', () => {
    const zone = compileZone({ type: 'Circle', center: [-0.9, 52], radius: 5_000 })
    const [west, south, east, north] = zoneBox(zone)
    expect(zoneCentre(zone)).toEqual([-0.9, 52])
    expect(greatCircleM(-0.9, 52, -0.9, south)).toBeCloseTo(5_000, 6)
    expect(greatCircleM(-0.9, 52, -0.9, north)).toBeCloseTo(5_000, 6)
    // The easternmost point of a circle lies a little north of its centre's latitude.
    expect(greatCircleM(-0.9, 52, east, 52)).toBeGreaterThan(5_000)
    expect(greatCircleM(-0.9, 52, west, 52)).toBeLessThan(5_000.01)
  })

  it('grows the box by the buffer, by as many metres to every side at least', () => {
    const zone = compileZone(L_SHAPE, { bufferM: 300 })
    const [west, south, east, north] = grownBoxOf(zone)
    expect(zone.bufferM).toBe(300)
    expect(greatCircleM(-0.9, 52, -0.9, south)).toBeCloseTo(300, 6)
    expect(greatCircleM(-0.9, 52.2, -0.9, north)).toBeCloseTo(300, 6)
    expect(greatCircleM(-1, 52.2, west, 52.2)).toBeCloseTo(300, 3)
    expect(greatCircleM(-0.8, 52.2, east, 52.2)).toBeCloseTo(300, 3)
  })

  it('keeps nothing of the geometry it was given', () => {
    const coordinates: [number, number][][] = [
      [
        [0, 52],
        [0.1, 52],
        [0, 52.1],
        [0, 52],
      ],
    ]
    const zone = compileZone({ type: 'Polygon', coordinates })
    coordinates[0][0][0] = 99
    expect(zoneBox(zone)).toEqual([0, 52, 0.1, 52.1])
  })
})
