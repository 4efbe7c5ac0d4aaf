import { describe, expect, it } from 'vitest'
import { createMessageQueue } from './message-queue.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

const aMessage = (name: string, bytes: number, topic = name): ReceivedMessage => ({
  ...{ topic, payload: Buffer.from(name.padEnd(bytes)), receivedAt: 0, connection: 1, messageId: 1 },
})
const LIVE = 200
const STORED = 150 * 1024
const namesOf = (messages: readonly ReceivedMessage[]) =>
  messages.map(({ payload }) => Buffer.from(payload).toString().trim())

function aQueue(maxMessages = 100, ...messages: ReceivedMessage[]) {
  const queue = createMessageQueue(maxMessages)
  for (const message of messages) queue.add(message)
  return queue
}

describe('the queue', () => {
  it('gives live messages first, each lane in the order of arrival, and of both in every batch', () => {
    const stored = ['A', 'B', 'C', 'D', 'E'].map(name => aMessage(name, STORED))
    const queue = aQueue(100, ...stored, aMessage('a', LIVE), aMessage('b', LIVE))
    expect(queue.length()).toBe(7)
    expect(namesOf(queue.take())).toEqual(['a', 'b', 'A', 'B', 'C'])
    queue.add(aMessage('c', LIVE))
    expect(namesOf(queue.take())).toEqual(['c', 'D', 'E'])
    expect(queue.length()).toBe(0)
    expect(queue.take()).toEqual([])
  })

  it('takes twice as much of what was stored where nobody is live', () => {
    const queue = aQueue(100, ...['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map(name => aMessage(name, STORED)))
    expect(namesOf(queue.take())).toEqual(['A', 'B', 'C', 'D', 'E', 'F'])
    queue.add(aMessage('a', LIVE))
    expect(namesOf(queue.take())).toEqual(['a', 'G', 'H'])
  })

  it('takes no more than 4 MiB of live ones at once', () => {
    const queue = aQueue(10_000, ...Array.from({ length: 5_000 }, (_, index) => aMessage(`${index}`, 1_000)))
    expect([queue.take(), queue.take()].map(({ length }) => length)).toEqual([4_194, 806])
  })

  it('lets a tag that says hundreds at once say them behind the others, in their order', () => {
    const flood = Array.from({ length: 300 }, (_, index) => aMessage(`${index}`, LIVE, 'mad'))
    const queue = aQueue(150, ...flood, aMessage('a', LIVE), aMessage('b', LIVE))
    const first = namesOf(queue.take())
    expect(first.slice(98, 102)).toEqual(['98', '99', 'a', 'b'])
    queue.add(aMessage('300', LIVE, 'mad'))
    queue.add(aMessage('c', LIVE))
    expect(namesOf(queue.take())[0]).toBe('c')
    expect([...first, 'c', ...namesOf(queue.take())].at(-1)).toBe('300')
  })

  it('keeps the order of one topic: what is small waits behind what is large', () => {
    const queue = aQueue(1, aMessage('A', STORED, 'one'), aMessage('b', LIVE, 'one'), aMessage('c', LIVE, 'two'))
    expect([queue.take(), queue.take(), queue.take()].map(namesOf)).toEqual([['c'], ['A'], ['b']])
    queue.add(aMessage('d', LIVE, 'one'))
    queue.add(aMessage('E', STORED, 'two'))
    expect(namesOf(queue.take())).toEqual(['d'])
  })
})
