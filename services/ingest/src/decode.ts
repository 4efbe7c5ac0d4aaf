import { decodeMessage } from '@cordon/codec'
import type { CommandAck, DecodedMessage, DeviceEvent, Fix, Rejection, TagId, TagStatus } from '@cordon/contract'
import { type Allowance, noLimit, type Said } from './allowance.ts'
import type { KnownActivation, KnownTag, Register } from './register/register.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

export interface ActivationFix {
  readonly activation: KnownActivation
  readonly fix: Fix
}

export interface ActivationEvent {
  readonly activation: KnownActivation
  readonly event: DeviceEvent
}

/** One item that cannot be used, with the message it came in. */
export interface RejectedItem {
  readonly message: ReceivedMessage
  readonly tagId: TagId | null
  readonly rejection: Rejection
  /** It stands for so many messages; absent: for this one. */
  readonly seen?: number
}

export interface Decoded {
  readonly fixes: readonly ActivationFix[]
  readonly events: readonly ActivationEvent[]
  readonly statuses: readonly { readonly tagId: TagId; readonly status: TagStatus }[]
  readonly acks: readonly { readonly tagId: TagId; readonly ack: CommandAck }[]
  readonly rejected: readonly RejectedItem[]
}

/**
 * Bytes to what the tags said, each item at the activation it was measured in. The broker binds a topic to the credentials of
 * its tag; here it is checked again that the tag is registered, for this source, and fitted to someone, and that it may say so much.
 */
export function decode(
  messages: readonly ReceivedMessage[],
  register: Register,
  allowance: Pick<Allowance, 'begin' | 'admits' | 'refused'> = noLimit,
): Decoded {
  const fixes: ActivationFix[] = []
  const events: ActivationEvent[] = []
  const statuses: { tagId: TagId; status: TagStatus }[] = []
  const acks: { tagId: TagId; ack: CommandAck }[] = []
  const rejected: RejectedItem[] = []
  allowance.begin()

  for (const message of messages) {
    const said = decodeMessage(message.topic, message.payload, message.receivedAt)
    const { tagId } = said
    for (const rejection of said.rejections) rejected.push({ message, tagId, rejection })
    if (tagId === null || !saysAnything(said)) continue
    const tag = register.tag(tagId)
    const refusal = refuse(said, tag)
    if (refusal !== null) {
      rejected.push({ message, tagId, rejection: refusal })
      continue
    }
    if (!allowance.admits(message, countItems(said, tagId))) continue
    for (const status of said.statuses) statuses.push({ tagId, status })
    for (const ack of said.acks) acks.push({ tagId, ack })
    if (said.fixes.length + said.events.length === 0) continue
    const activations = tag?.activations ?? []
    if (activations.length === 0) {
      rejected.push({ message, tagId, rejection: NOT_FITTED })
      continue
    }
    for (const fix of said.fixes) fixes.push({ activation: activationAt(activations, fix.measuredAt), fix })
    for (const event of said.events) events.push({ activation: activationAt(activations, event.measuredAt), event })
  }
  rejected.push(...allowance.refused())
  return { fixes, events, statuses, acks, rejected }
}

function countItems({ fixes, events, statuses, acks }: DecodedMessage, tagId: TagId): Said {
  let measuredAt: number | null = null
  for (const fix of fixes) measuredAt = Math.max(measuredAt ?? fix.measuredAt, fix.measuredAt)
  for (const event of events) measuredAt = Math.max(measuredAt ?? event.measuredAt, event.measuredAt)
  return { tagId, items: fixes.length + events.length + statuses.length + acks.length, measuredAt }
}

const saysAnything = ({ fixes, events, statuses, acks }: DecodedMessage) =>
  fixes.length + events.length + statuses.length + acks.length > 0

/** The broker has cut it off; what it had published before waits there, and nobody knows who published it. */
const REVOKED: Rejection = {
  code: 'revoked-tag',
  field: '',
  detail: 'the credentials of this tag are revoked: reinstate it before it is believed again',
  index: null,
}

const NOT_FITTED: Rejection = {
  code: 'not-fitted',
  field: '',
  detail: 'this tag is fitted to nobody: make an activation for it',
  index: null,
}

function refuse({ protocol }: DecodedMessage, tag: KnownTag | undefined): Rejection | null {
  if (tag === undefined) {
    return { code: 'unknown-tag', field: '', detail: 'no tag is registered under this id', index: null }
  }
  if (tag.isRevoked) return REVOKED
  if (tag.protocol === protocol) return null
  const detail = `this tag is registered for ${tag.protocol}, and the message came as ${protocol}`
  return { code: 'wrong-protocol', field: '', detail, index: null }
}

/**
 * The activation in force at a time; else the last one that began before it, else the first: the engine then keeps the fix aside
 * as after or before its activation.
 */
function activationAt(activations: readonly KnownActivation[], at: number): KnownActivation {
  const [first, ...later] = activations
  if (first === undefined) throw new RangeError('a tag without activations has no fixes to place')
  let found = first
  for (const activation of later) if (activation.from <= at) found = activation
  return found
}
