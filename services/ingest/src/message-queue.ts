import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

/** Messages that wait for a batch. */
export interface MessageQueue {
  add(message: ReceivedMessage): void
  /** The next batch, live messages before stored ones; empty when nothing waits. */
  take(): readonly ReceivedMessage[]
  length(): number
  /** All that wait, in the order of the batches to come as far as that is known. */
  all(): readonly ReceivedMessage[]
  keepOnly(isKept: (message: ReceivedMessage) => boolean): void
}

/** A message of a fix or a few is live; a larger one is what a tag had stored while it was out of coverage. */
const LIVE_BYTES = 1_024
/** So many of one topic wait as live ones; a tag that says more at once says it behind the others. */
const MOST_LIVE = 100
/** Of one transaction: about 30,000 fixes, half a second. A message alone may be larger. */
const LIVE_BATCH_BYTES = 4 * 1024 * 1024
/** Of what was stored, beside live ones: some 3,000 fixes, 50 ms, for those who come meanwhile. */
const STORED_BATCH_BYTES = 512 * 1024
/**
 * By itself. Where all tags send ten fixes at once, half of it kept 61,900 a second with seconds of them waiting, this 62,800 with 0.15 s:
 * what a commit waits for is the same for both.
 */
const STORED_ALONE_BYTES = 1_024 * 1_024

/**
 * Two lanes, each in the order of arrival: when thousands of tags are back in coverage at once, the live fixes of all others do not
 * wait for what those had stored, nor for a tag that has gone mad. Every batch takes of both, so neither waits for ever. Within a topic the order of arrival stays: a
 * small message behind a large one waits with it.
 */
export function createMessageQueue(maxMessages: number): MessageQueue {
  let live: ReceivedMessage[] = []
  let stored: ReceivedMessage[] = []
  let storedOf = new Map<string, number>()
  const liveOf = new Map<string, number>()
  const countLive = (topic: string, more: number) => liveOf.set(topic, (liveOf.get(topic) ?? 0) + more)
  const count = (topic: string, more: number) => {
    const left = (storedOf.get(topic) ?? 0) + more
    if (left === 0) storedOf.delete(topic)
    else storedOf.set(topic, left)
  }
  return {
    add: message => {
      const { topic, payload } = message
      if (payload.length <= LIVE_BYTES && !storedOf.has(topic) && (liveOf.get(topic) ?? 0) < MOST_LIVE) {
        live.push(message)
        countLive(topic, 1)
        return
      }
      stored.push(message)
      count(topic, 1)
    },
    take: () => {
      const [first, restOfLive] = cut(live, maxMessages, LIVE_BATCH_BYTES)
      const mostStored = first.length === 0 ? STORED_ALONE_BYTES : STORED_BATCH_BYTES
      const [second, restOfStored] = cut(stored, maxMessages - first.length, mostStored)
      live = restOfLive
      stored = restOfStored
      for (const { topic } of second) count(topic, -1)
      if (live.length === 0) liveOf.clear()
      else for (const { topic } of first) countLive(topic, -1)
      return second.length === 0 ? first : [...first, ...second]
    },
    length: () => live.length + stored.length,
    all: () => [...live, ...stored],
    keepOnly: isKept => {
      live = live.filter(isKept)
      stored = stored.filter(isKept)
      storedOf = new Map()
      for (const { topic } of stored) count(topic, 1)
      liveOf.clear()
      for (const { topic } of live) countLive(topic, 1)
    },
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
