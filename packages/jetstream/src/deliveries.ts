import type { JsMsg } from '@nats-io/jetstream'

/** `new`: to be handed on. `repeated`: it is held already, or acknowledged. `lost`: one before it never arrived. */
export type Delivery = 'new' | 'repeated' | 'lost'

type Delivered = Pick<JsMsg, 'seq' | 'info' | 'data' | 'ack'>

/**
 * What one consumer has delivered, in the order of the stream. Each delivery has a number of its own, so a gap in them says that one
 * was lost. Acknowledged is everything up to the first message that is not kept: messages are not always kept in their order.
 */
export function createDeliveries(maxHeld: number, maxBytes: number) {
  let waiting: Delivered[] = []
  let bytes = 0
  let last = 0
  let highest = 0
  let floor: Delivered | undefined
  const kept = new Set<number>()

  return {
    take: (message: Delivered): Delivery => {
      const { deliverySequence } = message.info
      const isNext = deliverySequence === last + 1
      last = deliverySequence
      if (!isNext) return 'lost'
      if (message.seq > highest) {
        highest = message.seq
        waiting.push(message)
        bytes += message.data.length
        return 'new'
      }
      // its acknowledgement was lost
      if (floor !== undefined && message.seq <= floor.seq) message.ack()
      return 'repeated'
    },
    kept: (sequences: readonly number[]) => {
      for (const sequence of sequences) kept.add(sequence)
    },
    acknowledge: () => {
      const first = waiting.findIndex(({ seq }) => !kept.has(seq))
      const due = first === -1 ? waiting : waiting.slice(0, first)
      const newest = due.at(-1)
      if (newest === undefined) return
      waiting = first === -1 ? [] : waiting.slice(first)
      for (const { seq, data } of due) {
        kept.delete(seq)
        bytes -= data.length
      }
      floor = newest
      newest.ack()
    },
    held: () => waiting.length,
    heldBytes: () => bytes,
    isFull: () => waiting.length >= maxHeld || bytes > maxBytes,
    /** For another consumer, which begins behind this place in the stream. */
    clear: (acknowledged: number) => {
      waiting = []
      bytes = 0
      last = 0
      highest = acknowledged
      floor = undefined
      kept.clear()
    },
  }
}
