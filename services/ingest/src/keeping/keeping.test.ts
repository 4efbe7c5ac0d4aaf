import { createLogger, createRegistry } from '@cordon/runtime'
import { insertErasure, type Store } from '@cordon/store'
import { aZone, createFakeClock, createTestDatabase, fillEverything, type TestDatabase } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { repeat } from './repeat.ts'
import { describeCapacity, startCapacity, watchCapacity } from './start-capacity.ts'
import { carryOutErasures } from './start-erasures.ts'

const DAY = 86_400_000
const silent = createLogger({ name: 'test', level: 'silent' })
let database: TestDatabase
let store: Store
beforeEach(async () => {
  database = await createTestDatabase()
  store = database.store
})
afterEach(() => database.drop())

describe('erasures', () => {
  it('are carried out, and certified once a batch that was under way has had its minute', async () => {
    const from = Date.UTC(2025, 2, 3)
    const person = { name: 'Quentin', reference: 'Q-1', lon: -0.9, lat: 52.2 }
    const { wearerId } = await fillEverything(store, person, { from, to: from + DAY, sharedZone: await aZone(store) })
    await insertErasure(store, { wearerId, reason: 'quashed', reference: 'DP-1' }, { why: 'erasure', byWhom: 'dpo' })
    const clock = createFakeClock(Date.now())
    const stateAfter = async (ms: number) => {
      clock.set(clock.now() + ms)
      await carryOutErasures({ store, clock, logger: silent })
      const [row] = await store.query<{ state: string }>('select state from erasures')
      return row?.state
    }
    expect(await stateAfter(0)).toBe('removed')
    expect(await stateAfter(0)).toBe('removed')
    expect(await stateAfter(DAY)).toBe('certified')
  })
})

describe('capacity', () => {
  /** 20 days of a database that grows by so many bytes a day, up to what it is now. */
  const grown = async (perDay: number, now: number) => {
    const [row] = await store.query<{ size: number }>('select pg_database_size(current_database())::float8 as size')
    const size = row?.size ?? 0
    for (let day = 20; day >= 1; day--)
      await store.query('insert into capacity_samples values ($1, $2, $3, $4)', [
        ...['database', new Date(now - day * DAY), Math.max(0, size - day * perDay), null],
      ])
    return size
  }

  it('is forecast, shown as metrics and told in words', async () => {
    const clock = createFakeClock(Date.now())
    const size = await grown(100_000, clock.now())
    const capacityBytes = Math.round(size * 2)
    const known = await watchCapacity({ store, clock, logger: silent, capacityBytes })
    const database = known.find(({ what }) => what === 'database')
    const expected = size / 100_000
    expect(Math.abs((database?.daysLeft ?? 0) / expected - 1)).toBeLessThan(0.2)
    expect(describeCapacity(known)).toMatch(/^database 0\.\d\d GB of 0\.\d\d GB, full in \d+ days$/)
    expect(describeCapacity([])).toBe('not sampled yet')
  })

  it('is no forecast on the first day, and of what has no limit', async () => {
    const clock = createFakeClock(Date.now())
    const known = await watchCapacity({ store, clock, logger: silent, capacityBytes: null })
    expect(known.every(({ daysLeft }) => daysLeft === null)).toBe(true)
    expect(describeCapacity(known)).toContain('CORDON_DATABASE_CAPACITY is not set')
  })

  it.each([
    ['warn', 20],
    ['error', 6],
  ])('is said in the log as %s when %s days are left', async (level, days) => {
    const clock = createFakeClock(Date.now())
    const [row] = await store.query<{ size: number }>('select pg_database_size(current_database())::float8 as size')
    const perDay = Math.round((row?.size ?? 0) / 20)
    const size = await grown(perDay, clock.now())
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const logger = createLogger({ name: 'test', level: 'warn', destination })
    await watchCapacity({ store, clock, logger, capacityBytes: Math.round(size + (days - 0.5) * perDay) })
    expect(lines.map(line => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ level, what: 'database', msg: 'capacity is running out' }),
    ])
  })

  it('of numbers is a share of each sequence', async () => {
    await store.query(`select setval('incidents_id_seq', 4611686018427387904)`)
    const registry = createRegistry('test')
    const clock = createFakeClock(Date.now())
    const running = startCapacity({ store, clock, logger: silent, registry, capacityBytes: null, firstMs: 0 })
    let text = ''
    while (!text.includes('incidents_id_seq')) {
      await new Promise(resolve => setTimeout(resolve, 20))
      text = await registry.metrics()
    }
    expect(text).toContain('cordon_capacity_numbers_used_ratio{what="numbers incidents_id_seq",service="test"} 0.5')
    await running.stop()
  })
})

it('what is repeated runs once at a time, survives a failure, and ends with its stop', async () => {
  let running = 0
  let runs = 0
  const stop = repeat({
    ...{ name: 'test', firstMs: 0, everyMs: 5, logger: silent },
    work: async () => {
      running += 1
      expect(running).toBe(1)
      await new Promise(resolve => setTimeout(resolve, 12))
      running -= 1
      runs += 1
      if (runs === 1) throw new Error('once')
    },
  })
  while (runs < 3) await new Promise(resolve => setTimeout(resolve, 5))
  await stop()
  const after = runs
  await new Promise(resolve => setTimeout(resolve, 30))
  expect(runs).toBe(after)
})
