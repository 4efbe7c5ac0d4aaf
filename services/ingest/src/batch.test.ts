import { createError, createLogger, sleep, systemClock } from '@cordon/runtime'
import { describe, expect, it } from 'vitest'
import { type Batcher, createBatcher } from './batch.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
const message = (text: string, more: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  ...{ topic: 'cordon/v1/tags/tag-1/fixes', payload: Buffer.from(text), receivedAt: 0, connection: 1, messageId: 1 },
  ...more,
})
const textOf = ({ payload }: ReceivedMessage) => Buffer.from(payload).toString()
const outage = () => createError('database-unavailable', 'it is away')

interface Line {
  readonly batcher: Batcher
  readonly batches: string[][]
  readonly done: string[]
  readonly quarantined: string[]
  /** What the next runs and quarantines do before they succeed. */
  run: (texts: readonly string[]) => Promise<void>
  quarantine: () => Promise<void>
}

function aLine(maxMessages = 100): Line {
  const line: Omit<Line, 'batcher'> = {
    batches: [],
    done: [],
    quarantined: [],
    run: () => Promise.resolve(),
    quarantine: () => Promise.resolve(),
  }
  const batcher = createBatcher({
    run: async messages => {
      await line.run(messages.map(textOf))
      line.batches.push(messages.map(textOf))
    },
    quarantine: async bad => {
      await line.quarantine()
      line.quarantined.push(textOf(bad))
    },
    done: messages => line.done.push(...messages.map(textOf)),
    ...{ maxMessages, random: () => 0, clock: systemClock, logger },
  })
  return Object.assign(line, { batcher })
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 5_000; waited += 5) await sleep(5)
  expect(isSo()).toBe(true)
}
const add = ({ batcher }: Line, ...texts: string[]) => {
  for (const text of texts) batcher.add(message(text))
}

describe('createBatcher', () => {
  it('takes what came at once as one batch, in its order, and no more than it may', async () => {
    const line = aLine(2)
    add(line, 'a', 'b', 'c')
    await until(() => line.done.length === 3)
    expect(line.batches).toEqual([['a', 'b'], ['c']])
    await line.batcher.stop()
  })

  it('takes what a tag had stored in transactions of a size, a larger message alone, and live ones before it', async () => {
    const line = aLine()
    const [large, small] = ['x'.repeat(5 * 1024 * 1024), 'y'.repeat(2_000)]
    for (const text of [large, small]) line.batcher.add(message(text))
    line.batcher.add(message('a', { topic: 'cordon/v1/tags/tag-2/fixes' }))
    await until(() => line.done.length === 3)
    expect(line.batches.map(batch => batch.map(text => text.length))).toEqual([[1, large.length], [small.length]])
    await line.batcher.stop()
  })

  it('runs a batch again, whole, while the database is away, and never puts anything aside', async () => {
    const line = aLine()
    let failures = 6
    line.run = () => (failures-- > 0 ? Promise.reject(outage()) : Promise.resolve())
    add(line, 'a', 'b')
    await until(() => line.batcher.failing()?.isOutage === true)
    expect(line.done).toEqual([])
    await until(() => line.done.length === 2)
    expect(line).toMatchObject({ batches: [['a', 'b']], quarantined: [] })
    expect(line.batcher.failing()).toBeNull()
    await line.batcher.stop()
  })

  it.each(['timed-out', 'database-unavailable'] as const)('waits for a database that answers %s', async code => {
    const line = aLine()
    let failures = 5
    line.run = () => (failures-- > 0 ? Promise.reject(createError(code, 'slow')) : Promise.resolve())
    add(line, 'a', 'b')
    await until(() => line.done.length === 2)
    expect(line.quarantined).toEqual([])
    await line.batcher.stop()
  })

  it('puts the one message aside that cannot be kept, keeps its neighbours and what follows', async () => {
    const line = aLine()
    line.run = texts => (texts.includes('bad') ? Promise.reject(new TypeError('poison')) : Promise.resolve())
    add(line, 'a', 'b', 'bad', 'c', 'd')
    await until(() => line.done.length === 5)
    add(line, 'e')
    await until(() => line.done.length === 6)
    expect(line.quarantined).toEqual(['bad'])
    expect(line.batches.flat().sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(line.batcher.failing()).toBeNull()
    await line.batcher.stop()
  })

  it('tries the quarantine again while the database is away: the message is never lost, nor the process', async () => {
    const line = aLine()
    let failures = 3
    line.run = texts => (texts.includes('bad') ? Promise.reject(new TypeError('poison')) : Promise.resolve())
    line.quarantine = () => (failures-- > 0 ? Promise.reject(outage()) : Promise.resolve())
    add(line, 'bad')
    await until(() => line.done.length === 1)
    expect(line.quarantined).toEqual(['bad'])
    await line.batcher.stop()
  })

  it('judges the time when told to, and goes on when just that fails', async () => {
    const line = aLine()
    line.batcher.tick()
    await until(() => line.batches.length === 1)
    expect(line.batches).toEqual([[]])
    line.run = texts => (texts.length === 0 ? Promise.reject(new TypeError('clock')) : Promise.resolve())
    line.batcher.tick()
    await sleep(20)
    add(line, 'a')
    await until(() => line.done.includes('a'))
    await line.batcher.stop()
  })

  it('acknowledges the batch that a stop finds under way, and nothing that was not kept', async () => {
    const line = aLine(1)
    let finish: () => void = () => undefined
    line.run = () =>
      new Promise(resolve => {
        finish = resolve
      })
    add(line, 'a', 'b')
    await sleep(10)
    const stopped = line.batcher.stop()
    finish()
    await stopped
    expect(line.done).toEqual(['a'])
    add(line, 'c')
    await sleep(10)
    expect(line.done).toEqual(['a'])
  })

  it('stops in the middle of an outage without acknowledging', async () => {
    const line = aLine()
    line.run = () => Promise.reject(outage())
    add(line, 'a')
    await until(() => line.batcher.failing() !== null)
    await line.batcher.stop()
    expect(line.done).toEqual([])
  })
})
