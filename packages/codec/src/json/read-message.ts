import { LIMITS } from '@cordon/contract'
import { type Fault, fault } from '../rejections.ts'
import { countKeys, findDuplicateKey } from './duplicate-key.ts'
import { type Span, scanBytes, spanItems } from './scan.ts'

/** A message parsed as JSON. `faults` are those of items of a top-level array, by index; such an item is not to be used. */
export interface JsonMessage {
  readonly value: unknown
  readonly faults: ReadonlyMap<number, Fault>
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const NO_FAULTS: ReadonlyMap<number, Fault> = new Map()

/**
 * Bytes → JSON, or the fault of the message as a whole.
 *
 * Depth and repeated keys are found by counting: one pass over the bytes gives the greatest depth and the number of colons
 * outside strings, and a parsed value has exactly as many keys as there were colons unless a key was repeated. `JSON.parse` takes
 * the last of repeated keys, other readers take the first: in evidence that two people must read alike, neither will do. The two
 * counts are a fifth of the time that a good fix takes; only a message that fails them is walked item by item.
 */
export function readMessage(payload: Uint8Array): JsonMessage | Fault {
  if (payload.length > LIMITS.messageBytes) {
    return fault('too-large', '', `The payload has ${payload.length} bytes, at most ${LIMITS.messageBytes} are taken.`)
  }
  const { depth, colons } = scanBytes(payload)
  const text = decodeText(payload)
  if (text === null) return fault('invalid-utf8')
  if (depth > LIMITS.jsonDepth) return readItems(text)
  const value = parse(text)
  if (value === undefined) return fault('not-json')
  return countKeys(value) === colons ? { value, faults: NO_FAULTS } : readItems(text)
}

export const isFault = (message: JsonMessage | Fault): message is Fault => 'code' in message

function decodeText(payload: Uint8Array): string | null {
  try {
    return utf8.decode(payload)
  } catch {
    return null
  }
}

/** undefined, which JSON has no text for, when it is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The slow path: an item that is too deep is cut out before the parser sees it, one with a repeated key is named. */
function readItems(text: string): JsonMessage | Fault {
  const { isArray, spans } = spanItems(text)
  const isTooDeep = (span: Span) => span.depth > LIMITS.jsonDepth
  if (!isArray && spans.some(isTooDeep)) return fault('too-deep')
  const value = parse(blank(text, spans.filter(isTooDeep)))
  if (value === undefined) return fault('not-json')
  if (!Array.isArray(value)) return fault('duplicate-key', findDuplicateKey(text))
  const faults = new Map<number, Fault>()
  for (const [index, span] of spans.entries()) {
    if (isTooDeep(span)) faults.set(index, fault('too-deep'))
    else if (countKeys(value[index]) !== span.colons) {
      faults.set(index, fault('duplicate-key', findDuplicateKey(text.slice(span.start, span.end))))
    }
  }
  return { value, faults }
}

/** The text with `null` in the place of each of these spans. */
function blank(text: string, spans: readonly Span[]): string {
  let kept = ''
  let from = 0
  for (const { start, end } of spans) {
    kept += `${text.slice(from, start)}null`
    from = end
  }
  return kept + text.slice(from)
}
