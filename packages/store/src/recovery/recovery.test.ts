import { type ActivationId, asId, type DeviceEvent } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActivationEvent, ActivationFix } from '../write/batch.ts'
import { writeBatch } from '../write/write-batch.ts'
import { readTimelines, type StoredObservation, type TimelineOptions, type TimelineStart } from './read-timelines.ts'
import { readWatchStates } from './read-watch-states.ts'

let database: TestDatabase
const now = Date.UTC(2026, 10, 22, 12)
const minute = (n: number) => now - 600 * 60_000 + n * 60_000
const idOf = (n: number) => asId<ActivationId>(String(n))
const anEvent = (overrides: Partial<DeviceEvent>): DeviceEvent => ({
  measuredAt: now,
  receivedAt: now,
  seq: 0,
  type: 'charging',
  battery: null,
  ...overrides,
})

/** Two fixes a minute; activation 7 has events in the minutes 1, 3 and 5 too, two of them of one moment and sequence. */
beforeAll(async () => {
  database = await createTestDatabase()
  const fixes: ActivationFix[] = []
  for (let activation = 1; activation <= 7; activation++)
    for (let n = 0; n < activation * 3; n++)
      fixes.push({
        activationId: idOf(activation),
        fix: aFix({ measuredAt: minute(Math.floor(n / 2)), seq: n % 2, battery: n }),
      })
  const events: ActivationEvent[] = [1, 3, 5].flatMap(n =>
    (['strap-cut', 'battery-low'] as const).map(type => ({
      activationId: idOf(7),
      event: anEvent({ measuredAt: minute(n), receivedAt: minute(n) + 1, seq: 8, type, battery: 40.5 }),
    })),
  )
  await writeBatch(database.store, aBatch({ fixes: fixes.reverse(), events }))
})
afterAll(() => database.drop())

async function replay(starts: readonly TimelineStart[], options: TimelineOptions = {}) {
  const chunks: (readonly StoredObservation[])[] = []
  for await (const chunk of readTimelines(database.store, starts, options)) chunks.push(chunk)
  return chunks
}

const start = (activation: number, after: number | null, from = 0): TimelineStart => ({
  activationId: idOf(activation),
  after,
  from,
})
/** Of a fix its battery, of an event its type. */
const told = (chunks: readonly (readonly StoredObservation[])[], activation: number) =>
  chunks
    .flat()
    .filter(({ activationId }) => activationId === idOf(activation))
    .map(observation => ('fix' in observation ? observation.fix.battery : observation.event.type))
const upTo = (n: number, from = 0) => Array.from({ length: n - from }, (_, index) => from + index)
const events = ['battery-low', 'strap-cut']

describe('a stored timeline', () => {
  it.each([1, 2, 3, 4, 7, 25_000])('comes in the order of measurement, %i observations at once', async limit => {
    const starts = [start(2, null), start(5, minute(2)), start(7, null), start(6, minute(500)), start(99, null)]
    const chunks = await replay(starts, { limit })
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(limit)
    expect(told(chunks, 2)).toEqual(upTo(6))
    expect(told(chunks, 5)).toEqual(upTo(15, 4)) // from minute 2 on: one of its two fixes may not have been judged
    expect(told(chunks, 7)).toEqual([
      ...upTo(2),
      ...events, // before the fixes of their moment
      ...upTo(6, 2),
      ...events,
      ...upTo(10, 6),
      ...events,
      ...upTo(21, 10),
    ])
    expect(chunks.flat()).toHaveLength(6 + 11 + 21 + 6)
  })

  it('is as it was written', async () => {
    const [fixes] = await replay([start(1, minute(1))])
    expect(fixes).toEqual([{ activationId: idOf(1), fix: aFix({ measuredAt: minute(1), seq: 0, battery: 2 }) }])
    const [both] = await replay([start(7, minute(5))])
    expect(both?.[1]).toEqual({
      activationId: idOf(7),
      event: anEvent({
        measuredAt: minute(5),
        receivedAt: minute(5) + 1,
        seq: 8,
        type: 'strap-cut',
        battery: 40.5,
      }),
    })
  })

  it('begins where it is asked to when nothing was judged, and ends before a time', async () => {
    expect(told(await replay([start(1, null, minute(1))]), 1)).toEqual([2])
    expect(told(await replay([start(7, null)], { to: minute(1) }), 7)).toEqual([0, 1])
    expect(told(await replay([start(7, minute(1))], { to: minute(1) + 1, limit: 3 }), 7)).toEqual([...events, 2, 3])
  })
})

describe('watch states', () => {
  it('come in pages, each once, as the engine gave them', async () => {
    const states = upTo(25, 1).map(n => ({
      activationId: idOf(n),
      judgedThrough: n % 5 === 0 ? null : minute(n),
      state: { n, list: [n, null] },
    }))
    await writeBatch(database.store, aBatch({ watchStates: states }))
    const pages = []
    for await (const page of readWatchStates(database.store, 6)) pages.push(page)
    expect(pages.map(page => page.length)).toEqual([6, 6, 6, 6])
    expect(pages.flat()).toEqual(states)
  })
})
