import { crc32 } from 'node:zlib'

/**
 * Everything that changes what the broker keeps. The state is nothing but these records applied in order, the journal is
 * these records written down: so a restart ends where the process was killed.
 */
export type BrokerRecord =
  | { readonly kind: 'session'; readonly session: number; readonly clientId: string }
  | { readonly kind: 'forget'; readonly session: number }
  | { readonly kind: 'subscribe'; readonly session: number; readonly filter: string; readonly qos: 0 | 1 }
  | { readonly kind: 'unsubscribe'; readonly session: number; readonly filter: string }
  | MessageRecord
  | { readonly kind: 'also'; readonly seq: number; readonly session: number }
  | { readonly kind: 'done'; readonly seq: number; readonly session: number }
  | RetainRecord
  | WillRecord

/** A message for these sessions. `seq` is its number, never used again. */
export interface MessageRecord {
  readonly kind: 'message'
  readonly seq: number
  readonly sessions: readonly number[]
  readonly topic: string
  readonly payload: Buffer
}

/** An empty payload: the topic has no retained message any more. */
export interface RetainRecord {
  readonly kind: 'retain'
  readonly topic: string
  readonly qos: 0 | 1
  readonly payload: Buffer
}

/** What to publish when the client is lost; undefined `topic`: nothing. */
export interface WillRecord {
  readonly kind: 'will'
  readonly clientId: string
  readonly brokerId: string
  readonly topic?: string | undefined
  readonly qos: 0 | 1
  readonly retain: boolean
  readonly payload: Buffer
}

// length of what follows the checksum, CRC-32 of that, length of the JSON part; then the JSON part, then the payload.
const HEAD_BYTES = 12
const NONE = Buffer.alloc(0)

export function encodeRecord(record: BrokerRecord): Buffer {
  const { payload, ...fields } = { payload: NONE, ...record }
  const json = Buffer.from(JSON.stringify(fields))
  const frame = Buffer.allocUnsafe(HEAD_BYTES + json.length + payload.length)
  frame.writeUInt32LE(frame.length - 8, 0)
  frame.writeUInt32LE(json.length, 8)
  json.copy(frame, HEAD_BYTES)
  payload.copy(frame, HEAD_BYTES + json.length)
  frame.writeUInt32LE(crc32(frame.subarray(8)), 4)
  return frame
}

export type Decoded =
  | { readonly kind: 'record'; readonly record: BrokerRecord; readonly end: number }
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'damaged' }

/** The record that begins at `start`, and where the next one does. */
export function decodeRecord(bytes: Buffer, start: number, maxBytes: number): Decoded {
  if (bytes.length - start < HEAD_BYTES) return { kind: 'incomplete' }
  const length = bytes.readUInt32LE(start)
  if (length < 4 || length > maxBytes) return { kind: 'damaged' }
  const end = start + 8 + length
  if (bytes.length < end) return { kind: 'incomplete' }
  if (crc32(bytes.subarray(start + 8, end)) !== bytes.readUInt32LE(start + 4)) return { kind: 'damaged' }
  const jsonEnd = start + HEAD_BYTES + bytes.readUInt32LE(start + 8)
  // The checksum holds, so this is what encodeRecord wrote. The payload is copied: it outlives the buffer it was read in.
  const fields = JSON.parse(bytes.toString('utf8', start + HEAD_BYTES, jsonEnd)) as BrokerRecord
  const record = { ...fields, payload: Buffer.from(bytes.subarray(jsonEnd, end)) }
  return { kind: 'record', record, end }
}
