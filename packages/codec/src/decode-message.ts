import type { DecodedMessage, Rejection, TagId, TagProtocol } from '@cordon/contract'
import { ackReader, eventReader, fixReader, statusReader } from './cordon.ts'
import { kindOf } from './explain.ts'
import { isFields } from './fields.ts'
import { type MessageContext, readItems, readSingle } from './items.ts'
import { isFault, type JsonMessage, readMessage } from './json/read-message.ts'
import { decodeOwnTracks } from './owntracks.ts'
import { fault, rejection } from './rejections.ts'
import { parseTopic, type Topic } from './topic.ts'
import { decodeTraccar } from './traccar.ts'

const NONE: readonly never[] = Object.freeze([])
const PROTOCOL_OF = {
  fixes: 'cordon',
  events: 'cordon',
  status: 'cordon',
  acks: 'cordon',
  owntracks: 'owntracks',
  traccar: 'traccar',
} as const satisfies Record<Topic['kind'], TagProtocol>

type Content = Partial<Omit<DecodedMessage, 'protocol' | 'tagId'>>

/**
 * What one MQTT message says. Total: any topic and any bytes give fixes, events, statuses, acknowledgements or rejections; it
 * never throws. `receivedAt` is epoch milliseconds. A message may say nothing at all (an empty array, an OwnTracks card).
 */
export function decodeMessage(topic: string, payload: Uint8Array, receivedAt: number): DecodedMessage {
  const parsed = parseTopic(topic)
  if (!parsed) return decoded(null, null, { rejections: [rejection(fault('unknown-topic'))] })
  const protocol = PROTOCOL_OF[parsed.kind]
  const { kind, tagId } = parsed
  if (tagId === null && kind !== 'traccar') {
    return decoded(protocol, null, { rejections: [rejection(fault('invalid-tag-id'))] })
  }
  if (payload.length === 0 && isRetained(kind)) return decoded(protocol, tagId, {})
  const json = readMessage(payload)
  if (isFault(json)) return decoded(protocol, tagId, { rejections: [rejection(json)] })
  if (tagId === null) return decodeFromTraccar(json, receivedAt)
  return decoded(protocol, tagId, decodeFromTag(kind, { json, tagId, receivedAt }))
}

/** An empty message is how MQTT clears what a broker has retained on a topic: not a message of the tag. */
const isRetained = (kind: Topic['kind']): boolean => kind === 'status' || kind === 'owntracks'

function decoded(protocol: TagProtocol | null, tagId: TagId | null, content: Content): DecodedMessage {
  const { fixes = NONE, events = NONE, statuses = NONE, acks = NONE, rejections = NONE } = content
  return { protocol, tagId, fixes, events, statuses, acks, rejections }
}

function decodeFromTag(kind: Topic['kind'], message: MessageContext): Content {
  switch (kind) {
    case 'fixes': {
      const { good, rejections } = readItems(message, fixReader)
      return { fixes: good, rejections }
    }
    case 'events': {
      const { good, rejections } = readItems(message, eventReader)
      return { events: good, rejections }
    }
    case 'status': {
      const { good, rejections } = readSingle(message, statusReader)
      return { statuses: good, rejections }
    }
    case 'acks': {
      const { good, rejections } = readSingle(message, ackReader)
      return { acks: good, rejections }
    }
    default:
      return decodeFromOwnTracks(message)
  }
}

function decodeFromOwnTracks({ json: { value }, tagId, receivedAt }: MessageContext): Content {
  if (!isFields(value)) return { rejections: [notAnObject(value)] }
  const content = decodeOwnTracks(value, tagId, receivedAt)
  if (content === 'nothing') return {}
  if ('fault' in content) return { rejections: [rejection(content.fault)] }
  return 'fix' in content ? { fixes: [content.fix] } : { statuses: [content.status] }
}

function decodeFromTraccar({ value }: JsonMessage, receivedAt: number): DecodedMessage {
  if (!isFields(value)) return decoded('traccar', null, { rejections: [notAnObject(value)] })
  const { tagId, fix, events, fault: found } = decodeTraccar(value, receivedAt)
  return decoded('traccar', tagId, {
    fixes: fix && tagId !== null ? [fix] : NONE,
    events,
    rejections: found ? [rejection(found)] : NONE,
  })
}

const notAnObject = (value: unknown): Rejection =>
  rejection(fault('wrong-type', '', `Expected an object, got ${kindOf(value)}.`))
