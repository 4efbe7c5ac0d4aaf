import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIX_SOURCES } from '../vocabulary.ts'
import { decodePositionFrame, encodePositionFrame, type LivePosition } from './position-frame.ts'

const id = fc.oneof(
  fc.nat().map(String),
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  fc.constantFrom('0', String(2n ** 53n - 1n), String(2n ** 53n), String(2n ** 53n + 1n), '4294967295', '4294967296'),
)
const instant = fc.integer({ min: 0, max: 4_102_444_800_000 })
const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map(value => value + 0)
const maybe = (min: number, max: number) => fc.option(finite(min, max))
const position: fc.Arbitrary<LivePosition> = fc.record({
  wearerId: id,
  activationId: id,
  measuredAt: instant,
  receivedAt: instant,
  lon: finite(-180, 180),
  lat: finite(-90, 90),
  accuracyM: maybe(0, 1e6),
  source: fc.constantFrom(...FIX_SOURCES),
  speedMps: maybe(0, 300),
  headingDeg: maybe(0, 360),
  battery: maybe(0, 100),
})

describe('a frame of positions', () => {
  it('says what was put into it, to the last bit, wherever the bytes lie', () => {
    fc.assert(
      fc.property(fc.array(position), fc.nat(9), (positions, offset) => {
        const frame = encodePositionFrame(positions)
        const among = new Uint8Array(offset + frame.length + 3)
        among.set(frame, offset)
        expect(decodePositionFrame(among.subarray(offset, offset + frame.length))).toEqual(positions)
      }),
    )
  })

  it('is laid out as it is written down', () => {
    const frame = encodePositionFrame([
      {
        wearerId: '101',
        activationId: '9223372036854775807',
        measuredAt: 1_795_327_200_000,
        receivedAt: 1_795_327_200_412,
        lon: -0.9027,
        lat: 52.2405,
        accuracyM: 8,
        source: 'wifi',
        speedMps: null,
        headingDeg: 271,
        battery: 83,
      },
    ])
    expect(frame.length).toBe(89)
    expect([...frame.subarray(0, 8)]).toEqual([1, 1, 0, 0, 1, 0, 0, 0])
    const view = new DataView(frame.buffer)
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(column => view.getFloat64(8 + column * 8, true))).toEqual([
      1_795_327_200_000,
      1_795_327_200_412,
      -0.9027,
      52.2405,
      8,
      Number.NaN,
      271,
      83,
    ])
    expect([view.getBigUint64(72, true), view.getBigUint64(80, true), frame[88]]).toEqual([101n, 2n ** 63n - 1n, 1])
  })

  it('that is cut, of another kind or version, or of no place on earth is not read at all', () => {
    const [one] = fc.sample(position, 1)
    const frame = encodePositionFrame([one as LivePosition])
    const changed = (at: number, byte: number) => frame.map((old, index) => (index === at ? byte : old))
    expect(decodePositionFrame(frame)).toHaveLength(1)
    for (let length = 0; length < frame.length; length++)
      expect(decodePositionFrame(frame.subarray(0, length))).toBeUndefined()
    expect(decodePositionFrame(changed(0, 2))).toBeUndefined()
    expect(decodePositionFrame(changed(1, 2))).toBeUndefined()
    expect(decodePositionFrame(changed(4, 2))).toBeUndefined()
    expect(decodePositionFrame(changed(88, 9))).toBeUndefined()
    const nowhere = frame.slice()
    new DataView(nowhere.buffer).setFloat64(24, Number.NaN, true)
    expect(decodePositionFrame(nowhere)).toBeUndefined()
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), bytes => void decodePositionFrame(bytes)))
  })
})
