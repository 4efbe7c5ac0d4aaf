import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packManifest, unpackManifest } from './manifest.ts'

const entry = fc.record({
  activationId: fc
    .oneof(
      fc.nat(),
      fc.maxSafeInteger().filter(value => value >= 0),
      fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    )
    .map(String),
  measuredAt: fc.integer({ min: 0, max: Date.UTC(2100, 0) }),
  mark: fc.uint8Array({ minLength: 12, maxLength: 12 }).map(bytes => Buffer.from(bytes).toString('latin1')),
})
const ascending = (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1)

describe('a manifest', () => {
  it('says again what was packed, for any ids, times and marks', () => {
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 50 }), given => {
        const entries = given.toSorted((a, b) => ascending(a.activationId, b.activationId))
        const from = Math.min(...entries.map(({ measuredAt }) => measuredAt))
        expect(unpackManifest(packManifest(entries, from), from)).toEqual({ format: 2, entries })
      }),
    )
  })

  it('takes 15 bytes a fix when 500 of 20,000 wearers report within a minute', () => {
    const entries = Array.from({ length: 500 }, (_, index) => ({
      activationId: String(1 + index * 40),
      measuredAt: (index * 7_919) % 60_000,
      mark: '123456789012',
    }))
    expect(packManifest(entries, 0).length / entries.length).toBeLessThan(16)
  })

  it('is refused when it is cut short or of another format', () => {
    const packed = packManifest([{ activationId: '7', measuredAt: 5, mark: '123456789012' }], 0)
    expect(() => unpackManifest(packed.subarray(0, -1), 0)).toThrow(RangeError)
    expect(() => unpackManifest(Buffer.from([9]), 0)).toThrow(RangeError)
  })
})
