/**
 * The few MQTT 3.1.1 packets that a tag needs, written by hand: a library's client costs 30 to 50 µs a message, as much as the
 * service that is measured. Section numbers are those of the OASIS standard.
 */

/** 3.1: a clean session, keep-alive in seconds, with user name and password. */
export function connectPacket(account: { username: string; password: string }, keepaliveSeconds: number): Buffer {
  const head = Buffer.from([
    0,
    4,
    ...Buffer.from('MQTT'),
    4,
    0b1100_0010,
    keepaliveSeconds >> 8,
    keepaliveSeconds & 0xff,
  ])
  const body = Buffer.concat([head, text(account.username), text(account.username), text(account.password)])
  return Buffer.concat([Buffer.from([0x10, ...remainingLength(body.length)]), body])
}

/** 3.3: QoS 1. `topic` as made by `text`, once for each tag. */
export function publishPacket(topic: Buffer, packetId: number, payload: string): Buffer {
  const payloadBytes = Buffer.byteLength(payload)
  const length = remainingLength(topic.length + 2 + payloadBytes)
  const packet = Buffer.allocUnsafe(1 + length.length + topic.length + 2 + payloadBytes)
  packet[0] = 0x32
  packet.set(length, 1)
  let at = 1 + length.length
  at += topic.copy(packet, at)
  at = packet.writeUInt16BE(packetId, at)
  packet.write(payload, at)
  return packet
}

export const PINGREQ = Buffer.from([0xc0, 0])
export const DISCONNECT = Buffer.from([0xe0, 0])

/** 1.5.3: a text with its length in two bytes. */
export function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
}

/** 2.2.3: seven bits a byte, the eighth says that there is another. */
function remainingLength(length: number): readonly number[] {
  return length < 128 ? [length] : [(length & 127) | 128, ...remainingLength(length >> 7)]
}

export type Answer =
  | { readonly type: 'connack'; readonly code: number }
  | { readonly type: 'puback'; readonly packetId: number }
  | { readonly type: 'pingresp' }

const NOTHING = Buffer.alloc(0)

/**
 * What a broker answers a tag that subscribes to nothing: packets of two or four bytes, which the network may cut anywhere. A chunk may be
 * written over once it is read.
 */
export function createAnswerParser(onAnswer: (answer: Answer) => void): (chunk: Uint8Array) => void {
  let rest: Buffer = NOTHING
  return chunk => {
    const bytes = rest.length === 0 ? viewOf(chunk) : Buffer.concat([rest, chunk])
    let at = 0
    while (at + 2 <= bytes.length) {
      const end = at + 2 + bytes.readUInt8(at + 1)
      if (end > bytes.length) break
      onAnswer(readAnswer(bytes.subarray(at, end)))
      at = end
    }
    rest = at === bytes.length ? NOTHING : Buffer.from(bytes.subarray(at))
  }
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length)

function readAnswer(packet: Buffer): Answer {
  switch (packet.readUInt8(0)) {
    case 0x20:
      return { type: 'connack', code: packet.readUInt8(3) }
    case 0x40:
      return { type: 'puback', packetId: packet.readUInt16BE(2) }
    case 0xd0:
      return { type: 'pingresp' }
    default:
      throw new Error(`the broker sent a packet that a tag does not expect: 0x${packet.toString('hex')}`)
  }
}
