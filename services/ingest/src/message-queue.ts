import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** Messages that wait for a batch. */
export interface MessageQueue {
  add(message: ReceivedMessage): void
  /** The next batch, live messages before stored ones; empty when nothing waits. */
  take(): readonly ReceivedMessage[]
  length(): number
}

/** A message of a fix or a few is live; a larger one is what a tag had stored while it was out of coverage. */
const LIVE_BYTES = 1_024
/** Of one transaction: about 30,000 fixes, half a second. A message alone may be larger. */
const LIVE_BATCH_BYTES = 4 * 1024 * 1024
/** Of what was stored, some 4,000 fixes, 0.1 s: a live fix waits for two such batches at most. Larger ones are hardly cheaper a fix. */
const STORED_BATCH_BYTES = 512 * 1024

/**
 * Two lanes, each in the order of arrival: when thousands of tags are back in coverage at once, the live fixes of all others do not
 * wait for what those had stored. Every batch takes of both, so neither waits for ever. Within a topic the order of arrival stays: a
 * small message behind a large one waits with it.
 */
export function createMessageQueue(maxMessages: number): MessageQueue {
  let live: ReceivedMessage[] = []
  let stored: ReceivedMessage[] = []
  const storedOf = new Map<string, number>()
  const count = (topic: string, more: number) => {
    const left = (storedOf.get(topic) ?? 0) + more
    if (left === 0) storedOf.delete(topic)
    else storedOf.set(topic, left)
  }
  return {
    add: message => {
      const { topic, payload } = message
      if (payload.length <= LIVE_BYTES && !storedOf.has(topic)) {
        live.push(message)
        return
      }
      stored.push(message)
      count(topic, 1)
    },
    take: () => {
      const [first, restOfLive] = cut(live, maxMessages, LIVE_BATCH_BYTES)
      const [second, restOfStored] = cut(stored, maxMessages - first.length, STORED_BATCH_BYTES)
      live = restOfLive
      stored = restOfStored
      for (const { topic } of second) count(topic, -1)
      return second.length === 0 ? first : [...first, ...second]
    },
    length: () => live.length + stored.length,
  }
}

/** As many as may be in one batch, at least one if any may, and the rest. */
function cut(
  queue: ReceivedMessage[],
  maxMessages: number,
  maxBytes: number,
): readonly [readonly ReceivedMessage[], ReceivedMessage[]] {
  let count = 0
  let bytes = 0
  for (const { payload } of queue) {
    bytes += payload.length
    if (count === maxMessages || (count > 0 && bytes > maxBytes)) break
    count++
  }
  return count === queue.length ? [queue, []] : [queue.slice(0, count), queue.slice(count)]
}
