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

  it('take four bytes a number where seven decimals say all', () => {
    fc.assert(
      fc.property(polygonsOf(decimal), polygons => {
        expect(packRings(polygons).data).toBeInstanceOf(Int32Array)
      }),
    )
  })

  it.each([
    ['seven decimals', 1e7, Int32Array],
    ['all decimals', 3e7, Float64Array],
  ])('of many vertices with %s are given back too, and have an array of their own', (_, perDegree, kind) => {
    const ring = Array.from({ length: 20_000 }, (_, i): [number, number] => [(i + 1) / perDegree, (i + 2) / perDegree])
    const packed = packRings([[ring]])
    expect([packed.at, packed.data.length > 40_000]).toEqual([0, true])
    expect(packed.data).toBeInstanceOf(kind)
    expect(unpackRings(packed)).toEqual([[ring]])
  })
})
