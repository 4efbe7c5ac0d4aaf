import type { Rejection } from '@cordon/contract'

/**
 * Every way in which a message or an item of it can be unusable. The codes are stable: they are stored, counted and shown.
 * A detail says what was expected and of which kind the value was, never the value: it could be a coordinate.
 */
export const REJECTION_CODES = {
  'unknown-topic': 'The topic is none that a tag or a forwarder publishes to.',
  'invalid-tag-id': 'The tag id in the topic, or the device id in the payload, is not one that a tag can have.',
  'too-large': 'The payload is larger than a message may be.',
  'invalid-utf8': 'The payload is not UTF-8 text.',
  'not-json': 'The payload is not JSON (RFC 8259).',
  'too-deep': 'The JSON is nested deeper than any message needs.',
  'too-many-items': 'The array holds more items than one message may.',
  'duplicate-key': 'An object names the same field twice, so that two readers could read it differently.',
  'wrong-type': 'A field, or the item itself, is of another JSON type than it must be.',
  'field-missing': 'A field that is required is absent or null.',
  'out-of-range': 'A number or a length lies outside its limits.',
  'unknown-word': 'A field holds a word that is not in its list.',
  'invalid-time': 'A time is not a real instant between 1970 and 2100.',
  'tag-mismatch': 'The payload names another tag than the topic it came on.',
  'not-valid': 'The source itself says that the position is not valid.',
  outdated: 'The source repeats its last known position: nothing was measured.',
  encrypted: 'The payload is encrypted, and Cordon holds no key to it.',
} as const
export type RejectionCode = keyof typeof REJECTION_CODES

/** What is wrong with a message or an item, before it is known which item it is. */
export interface Fault {
  readonly code: RejectionCode
  /** Path below the item: `lat`, `position.fixTime`; empty for the item as a whole. */
  readonly field: string
  readonly detail: string
}

export const fault = (code: RejectionCode, field = '', detail: string = REJECTION_CODES[code]): Fault => ({
  code,
  field,
  detail,
})

/** The fault of one item: `index` is its place in an array message, null when the message is a single item or no item at all. */
export function rejection({ code, field, detail }: Fault, index: number | null = null): Rejection {
  return { code, field: index === null ? field : `[${index}]${field && `.${field}`}`, detail, index }
}
