import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alongPath, clearanceM } from './path.ts'
import { distanceM, moved, offsetOf, towards } from './point.ts'
import { routeBetween } from './roads.ts'
import { TOWNS } from './towns.ts'

const somewhere = fc.record({
  lon: fc.double({ min: -1.3, max: -0.4, noNaN: true }),
  lat: fc.double({ min: 52, max: 52.6, noNaN: true }),
})

describe('points', () => {
  it('are moved by the metres that lie between them', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (from, to) => {
        expect(distanceM(moved(from, offsetOf(from, to)), to)).toBeLessThan(0.01)
      }),
    )
  })

  it('are as far apart on the ground as known places are', () => {
    // Northampton to Kettering: 21.3 km by the haversine formula on the same sphere
    const [northampton, kettering] = ['Northampton', 'Kettering'].map(name => TOWNS.find(town => town.name === name))
    if (northampton === undefined || kettering === undefined) throw new Error('a town is missing')
    expect(distanceM(northampton, kettering)).toBeCloseTo(21_305, -2)
  })
})

describe('routeBetween', () => {
  it('leads from any place to any other, from end to end', () => {
    fc.assert(
      fc.property(somewhere, somewhere, (from, to) => {
        const route = routeBetween(from, to)
        if (route === undefined) throw new Error('no way')
        expect(route.points[0]).toBe(from)
        expect(route.points.at(-1)).toBe(to)
        expect(route.lengthM).toBeGreaterThanOrEqual(distanceM(from, to) * 0.999)
        expect(alongPath(route, 0).point).toEqual(from)
        expect(distanceM(alongPath(route, route.lengthM + 1).point, to)).toBeLessThan(0.01)
      }),
    )
  })

  it('stays clear of what is kept away from, or does not exist', () => {
    let found = 0
    fc.assert(
      fc.property(somewhere, somewhere, fc.nat(TOWNS.length - 1), (from, to, index) => {
        const town = TOWNS[index] ?? TOWNS[0]
        const route = routeBetween(from, to, { from: town, metres: 1_500 })
        if (route === undefined) return
        found++
        expect(clearanceM(route, town)).toBeGreaterThanOrEqual(1_500)
      }),
    )
    expect(found).toBeGreaterThan(50)
  })

  it('finds none to the very place that is kept away from', () => {
    const [town] = TOWNS
    expect(routeBetween(towards(town, 1, 9_000), town, { from: town, metres: 1_500 })).toBeUndefined()
  })
})
