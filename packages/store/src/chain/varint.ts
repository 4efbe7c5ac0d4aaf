/** Whole numbers from 0 on in as few bytes as they need: seven bits each, the lowest first, the eighth says that more follow. */
export interface ByteWriter {
  bytes: Buffer
  length: number
}

export function createByteWriter(capacity: number): ByteWriter {
  return { bytes: Buffer.allocUnsafe(capacity), length: 0 }
}

/** `capacity` bytes of room from here on. */
export function makeRoom(writer: ByteWriter, capacity: number): void {
  if (writer.length + capacity <= writer.bytes.length) return
  const larger = Buffer.allocUnsafe(2 * (writer.length + capacity))
  writer.bytes.copy(larger, 0, 0, writer.length)
  writer.bytes = larger
}

const LOW_BITS = 0x7f
const MORE = 0x80

/** Up to 2^53. There has to be room for eight bytes. */
export function writeVarint(writer: ByteWriter, value: number): void {
  const { bytes } = writer
  let rest = value
  while (rest > LOW_BITS) {
    bytes[writer.length++] = (rest % MORE) | MORE
    rest = Math.floor(rest / MORE)
  }
  bytes[writer.length++] = rest
}

/** Up to 2^63. There has to be room for ten bytes. */
export function writeBigVarint(writer: ByteWriter, value: bigint): void {
  let rest = value
  while (rest > LOW_BITS) {
    writer.bytes[writer.length++] = Number(rest % BigInt(MORE)) | MORE
    rest /= BigInt(MORE)
  }
  writer.bytes[writer.length++] = Number(rest)
}

export interface ByteReader {
  readonly bytes: Buffer
  offset: number
}

/** Throws a RangeError where the bytes end too early. */
export function readVarint(reader: ByteReader): number {
  let value = 0
  for (let scale = 1; ; scale *= MORE) {
    const byte = reader.bytes.readUInt8(reader.offset++)
    value += (byte & LOW_BITS) * scale
    if (byte < MORE) return value
  }
}

export function readBigVarint(reader: ByteReader): bigint {
  let value = 0n
  for (let shift = 0n; ; shift += 7n) {
    const byte = reader.bytes.readUInt8(reader.offset++)
    value |= BigInt(byte & LOW_BITS) << shift
    if (byte < MORE) return value
  }
}
