import { parser } from 'mqtt-packet'
import { describe, expect, it } from 'vitest'
import { type Answer, connectPacket, createAnswerParser, DISCONNECT, PINGREQ, publishPacket, text } from './packets.ts'

/** What the library, which the brokers' own tests use, makes of our bytes. */
function read(...packets: readonly Buffer[]): readonly Record<string, unknown>[] {
  const seen: Record<string, unknown>[] = []
  const reader = parser({ protocolVersion: 4 })
  reader.on('packet', packet => seen.push({ ...packet }))
  reader.on('error', error => {
    throw error
  })
  for (const packet of packets) reader.parse(packet)
  return seen
}

describe('packets', () => {
  it('signs in with user name and password', () => {
    expect(read(connectPacket({ username: 'tag-1', password: 'pässword' }, 300))).toMatchObject([
      { cmd: 'connect', protocolVersion: 4, clean: true, keepalive: 300, clientId: 'tag-1', username: 'tag-1' },
    ])
    const [connect] = read(connectPacket({ username: 'tag-1', password: 'pässword' }, 300))
    expect(String(connect?.password)).toBe('pässword')
  })

  it.each([1, 100, 127, 128, 16_383, 16_384, 300_000])('publishes a payload of %i bytes', size => {
    const payload = 'ä'.repeat(size >> 1).padEnd(size - (size >> 1), 'x')
    const [publish] = read(publishPacket(text('a/b'), 65_535, payload))
    expect(publish).toMatchObject({ cmd: 'publish', qos: 1, dup: false, topic: 'a/b', messageId: 65_535 })
    expect(String(publish?.payload)).toBe(payload)
  })

  it('pings and says goodbye', () => {
    expect(read(PINGREQ, DISCONNECT)).toMatchObject([{ cmd: 'pingreq' }, { cmd: 'disconnect' }])
  })

  it('reads answers wherever the network cuts them', () => {
    const bytes = Buffer.from([0x20, 2, 0, 5, 0x40, 2, 0x12, 0x34, 0xd0, 0, 0x40, 2, 0, 1])
    for (let cut = 0; cut <= bytes.length; cut++) {
      const answers: Answer[] = []
      const parse = createAnswerParser(answer => answers.push(answer))
      parse(bytes.subarray(0, cut))
      parse(bytes.subarray(cut))
      expect(answers).toEqual([
        { type: 'connack', code: 5 },
        { type: 'puback', packetId: 0x1234 },
        { type: 'pingresp' },
        { type: 'puback', packetId: 1 },
      ])
    }
  })
})
