import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacketGuard } from './packet-guard.ts'

/** A packet of the given number of content bytes, its length written as MQTT 3.1.1, 2.2.3 says. */
function packetOf(contentBytes: number): Buffer {
  const header = [0x30]
  let rest = contentBytes
  do {
    const digit = rest % 128
    rest = Math.floor(rest / 128)
    header.push(rest > 0 ? digit | 0x80 : digit)
  } while (rest > 0)
  return Buffer.concat([Buffer.from(header), Buffer.alloc(contentBytes, 0xff)])
}

describe('the packet guard', () => {
  it('lets through what fits and stops what does not, wherever the stream is cut', () => {
    const sizes = fc.array(
      fc.oneof(fc.nat(3), fc.integer({ min: 120, max: 140 }), fc.integer({ min: 900, max: 1_100 })),
    )
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (contents, cuts) => {
        const packets = contents.map(packetOf)
        const stream = Buffer.concat(packets)
        const guard = createPacketGuard(1_000)
        let accepted = true
        for (let at = 0, n = 0; at < stream.length && accepted; n += 1) {
          const end = at + (cuts[n % cuts.length] ?? 1)
          accepted = guard.accept(stream.subarray(at, end))
          at = end
        }
        expect(accepted).toBe(packets.every(packet => packet.length <= 1_000))
      }),
    )
  })

  it('stops a packet when it is announced, not when it has come', () => {
    expect(createPacketGuard(1_000).accept(packetOf(100_000).subarray(0, 4))).toBe(false)
  })

  it('stops a length that goes on for more than four bytes', () => {
    expect(createPacketGuard(2 ** 40).accept(Buffer.from([0x30, 0x80, 0x80, 0x80, 0x80]))).toBe(false)
  })
})
