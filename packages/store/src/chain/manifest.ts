import {
  type ByteReader,
  type ByteWriter,
  createByteWriter,
  makeRoom,
  readBigVarint,
  readVarint,
  writeBigVarint,
  writeVarint,
} from './varint.ts'

/** What a link says of one fix of its batch. */
export interface ManifestEntry {
  readonly activationId: string
  /** Epoch ms. */
  readonly measuredAt: number
  /** The first bytes of SHA-256 of the activation's secret and the row, as latin1 (mark-fixes.ts). */
  readonly mark: string
}

/**
 * Bytes of each row's hash. To make another row that passes for a recorded one takes 2^96 tries. 16 bytes would be a tenth more of what a
 * compressed fix takes.
 */
export const MARK_BYTES = 12

/** 1: the marks are of the row alone; written by nobody any more. 2: of the activation's secret and the row. */
export type ManifestFormat = 1 | 2
const FORMAT: ManifestFormat = 2

export interface Manifest {
  readonly format: ManifestFormat
  readonly entries: readonly ManifestEntry[]
}

const ROOM_OF_ENTRY = 10 + 8 + MARK_BYTES

/**
 * A byte for the format, then each entry: how much its activation id is above that of the entry before, its time after
 * `measuredFrom` in ms, its mark. In the order of activation, time and sequence, so that the first is one byte mostly.
 */
export function packManifest(entries: readonly ManifestEntry[], measuredFrom: number): Buffer {
  const writer = createByteWriter(1 + entries.length * ROOM_OF_ENTRY)
  writeVarint(writer, FORMAT)
  let before = '0'
  for (const { activationId, measuredAt, mark } of entries) {
    makeRoom(writer, ROOM_OF_ENTRY)
    writeStep(writer, before, activationId)
    writeVarint(writer, measuredAt - measuredFrom)
    writer.length += writer.bytes.write(mark, writer.length, 'latin1')
    before = activationId
  }
  return writer.bytes.subarray(0, writer.length)
}

const EXACT_DIGITS = 15

function writeStep(writer: ByteWriter, before: string, activationId: string): void {
  if (activationId.length <= EXACT_DIGITS) writeVarint(writer, Number(activationId) - Number(before))
  else writeBigVarint(writer, BigInt(activationId) - BigInt(before))
}

/** Throws a RangeError for bytes that are no manifest. */
export function unpackManifest(bytes: Buffer, measuredFrom: number): Manifest {
  const reader: ByteReader = { bytes, offset: 0 }
  const format = readVarint(reader)
  if (format !== 1 && format !== 2) throw new RangeError('a manifest of an unknown format')
  const entries: ManifestEntry[] = []
  for (let id = 0n; reader.offset < bytes.length; ) {
    id += readBigVarint(reader)
    const measuredAt = measuredFrom + readVarint(reader)
    const end = reader.offset + MARK_BYTES
    if (end > bytes.length) throw new RangeError('a manifest that ends within an entry')
    entries.push({ activationId: String(id), measuredAt, mark: bytes.toString('latin1', reader.offset, end) })
    reader.offset = end
  }
  return { format, entries }
}
