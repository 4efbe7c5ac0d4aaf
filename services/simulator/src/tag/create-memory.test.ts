import { describe, expect, it } from 'vitest'
import { createMemory, type KeptMessage } from './create-memory.ts'

const message = (topic: string): KeptMessage => ({ topic, payload: '', acknowledged: () => undefined })

describe('a memory', () => {
  it('gives the oldest first and forgets what is acknowledged', () => {
    const memory = createMemory(10)
    const [a, b] = [message('a'), message('b')]
    memory.add(a)
    memory.add(b)
    expect(memory.take()).toBe(a)
    expect(memory.onTheWay()).toBe(1)
    expect(memory.remove(a)).toBe(true)
    expect(memory.remove(a)).toBe(false)
    expect(memory.take()).toBe(b)
    expect(memory.take()).toBeUndefined()
    expect(memory.size()).toBe(1)
  })

  it('sends what was on its way again before anything newer', () => {
    const memory = createMemory(10)
    const messages = ['a', 'b', 'c'].map(message)
    for (const each of messages) memory.add(each)
    memory.take()
    memory.take()
    memory.takeAllBack()
    expect([memory.take(), memory.take(), memory.take()]).toEqual(messages)
  })

  it('loses the oldest when it is full, and counts it', () => {
    const memory = createMemory(3)
    for (const topic of ['a', 'b', 'c', 'd', 'e']) memory.add(message(topic))
    expect(memory.size()).toBe(3)
    expect(memory.forgotten()).toBe(2)
    expect(memory.take()?.topic).toBe('c')
  })
})
