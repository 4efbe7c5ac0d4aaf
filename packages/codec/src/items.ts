import { LIMITS, type Rejection, type TagId } from '@cordon/contract'
import { kindOf } from './explain.ts'
import { type Fields, isFields } from './fields.ts'
import type { JsonMessage } from './json/read-message.ts'
import { type Fault, fault, rejection } from './rejections.ts'

/** How one kind of item is read. `decode` is the fast path, null when anything is wrong; `explain` then says what. */
export interface ItemReader<T> {
  readonly decode: (item: Fields, message: MessageContext) => T | null
  readonly explain: (item: Fields, message: MessageContext) => Fault | null
}

/** What all items of a message have in common. */
export interface MessageContext {
  readonly json: JsonMessage
  readonly tagId: TagId
  readonly receivedAt: number
}

export interface Items<T> {
  readonly good: T[]
  readonly rejections: Rejection[]
}

/** One item, or an array of them in which a bad one costs only itself. */
export function readItems<T>(message: MessageContext, reader: ItemReader<T>): Items<T> {
  const { value, faults } = message.json
  if (!Array.isArray(value)) return readSingle(message, reader)
  if (value.length > LIMITS.itemsPerMessage) {
    const detail = `The array holds ${value.length} items, at most ${LIMITS.itemsPerMessage} are taken in one message.`
    return { good: [], rejections: [rejection(fault('too-many-items', '', detail))] }
  }
  const items: Items<T> = { good: [], rejections: [] }
  for (let index = 0; index < value.length; index++) {
    const known = faults.get(index)
    const good = known ? null : decodeItem(value[index], message, reader)
    if (good !== null) items.good.push(good)
    else items.rejections.push(rejection(known ?? faultOf(value[index], message, reader), index))
  }
  return items
}

/** A message that is one item and never an array. */
export function readSingle<T>(message: MessageContext, reader: ItemReader<T>): Items<T> {
  const good = decodeItem(message.json.value, message, reader)
  if (good !== null) return { good: [good], rejections: [] }
  return { good: [], rejections: [rejection(faultOf(message.json.value, message, reader))] }
}

const decodeItem = <T>(item: unknown, message: MessageContext, reader: ItemReader<T>): T | null =>
  isFields(item) ? reader.decode(item, message) : null

/** A refused item always has a fault that can be named (a property test says so); were it not so, it is still refused. */
const faultOf = <T>(item: unknown, message: MessageContext, reader: ItemReader<T>): Fault =>
  isFields(item)
    ? (reader.explain(item, message) ?? fault('wrong-type'))
    : fault('wrong-type', '', `Expected an object, got ${kindOf(item)}.`)
