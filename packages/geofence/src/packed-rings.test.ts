import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packRings, unpackRings } from './packed-rings.ts'

const fine = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }).map(lon => lon + 0),
  fc.double({ min: -90, max: 90, noNaN: true }).map(lat => lat + 0),
)
const decimal = fc.tuple(
  fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map(lon => lon / 1e7 + 0),
  fc.integer({ min: -900_000_000, max: 900_000_000 }).map(lat => lat / 1e7 + 0),
)
const polygonsOf = (place: fc.Arbitrary<[number, number]>) =>
  fc.array(fc.array(fc.array(place, { minLength: 4, maxLength: 12 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 3,
  })

describe('rings that were packed', () => {
  it('are given back to the last bit, however fine, and however many share an array', () => {
    const zones = fc.array(fc.oneof(polygonsOf(fine), polygonsOf(decimal)), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(zones, many => {
        const packed = many.map(packRings)
        expect(packed.map(unpackRings)).toEqual(many)
      }),
    )
  })

  it('are bytes where seven decimals say all', () => {
    fc.assert(
      fc.property(polygonsOf(decimal), polygons => {
        expect(packRings(polygons).data).toBeInstanceOf(Uint8Array)
      }),
    )
  })

  it('take two bytes for each number of 64 vertices a dozen metres apart', () => {
    const ring = Array.from({ length: 65 }, (_, i): [number, number] => [
      Math.round(-9e6 + 2e4 * Math.cos((i * Math.PI) / 32)) / 1e7,
      Math.round(522e6 + 1e4 * Math.sin((i * Math.PI) / 32)) / 1e7,
    ])
    const [first, second] = [packRings([[ring]]), packRings([[ring]])]
    expect(second.data).toBe(first.data)
    expect(second.at - first.at).toBeLessThan(3 + 2 * 65 * 2 + 6)
    expect([first, second].map(unpackRings)).toEqual([[[ring]], [[ring]]])
  })

  it('are given back where one number is as far from the next as the Earth allows', () => {
    const ring: [number, number][] = [
      [180, 90],
      [-180, -90],
      [180, -90],
      [180, 90],
    ]
    expect(unpackRings(packRings([[ring]]))).toEqual([[ring]])
  })

  it.each([
    ['seven decimals', 1e7, Uint8Array],
    ['all decimals', 3e7, Float64Array],
  ])('of many vertices with %s are given back too, and have an array of their own', (_, perDegree, kind) => {
    const ring = Array.from({ length: 20_000 }, (_, i): [number, number] => [(i + 1) / perDegree, (i + 2) / perDegree])
    const packed = packRings([[ring]])
    expect([packed.at, packed.data.length > 40_000]).toEqual([0, true])
    expect(packed.data).toBeInstanceOf(kind)
    expect(unpackRings(packed)).toEqual([[ring]])
  })
})
