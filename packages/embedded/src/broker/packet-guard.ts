/** Watches the length of every packet in a stream of MQTT bytes, without copying or keeping any of them. */
export interface PacketGuard {
  /** False as soon as a packet is announced that is longer than allowed, or its length is not well-formed. */
  accept(chunk: Uint8Array): boolean
}

type Place = 'type' | 'length' | 'content'

/**
 * The broker's parser collects a packet before it looks at it, up to the 256 MiB that MQTT allows, even before a client
 * has said who it is. This looks at the fixed header alone (MQTT 3.1.1, 2.2.3: the length, seven bits in a byte, in at
 * most four bytes) as the bytes come in.
 */
export function createPacketGuard(maxPacketBytes: number): PacketGuard {
  let place: Place = 'type'
  let headerBytes = 0
  let length = 0

  /** Takes one byte of the length. */
  function takeLength(byte: number): boolean {
    length += (byte & 0x7f) * 128 ** (headerBytes - 1)
    headerBytes += 1
    if (byte >= 0x80) return headerBytes <= 4
    place = length === 0 ? 'type' : 'content'
    return length + headerBytes <= maxPacketBytes
  }

  return {
    accept(chunk) {
      for (let at = 0; at < chunk.length; ) {
        if (place === 'content') {
          const taken = Math.min(length, chunk.length - at)
          length -= taken
          at += taken
          if (length === 0) place = 'type'
        } else if (place === 'type') {
          place = 'length'
          headerBytes = 1
          length = 0
          at += 1
        } else if (takeLength(chunk[at] ?? 0)) at += 1
        else return false
      }
      return true
    },
  }
}
