import { createLogger, systemClock } from '@cordon/runtime'
import { type Store, writeBatch } from '@cordon/store'
import {
  aBatch,
  aFix,
  aMonitoredWearer,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { emptyState, judgedThrough, type WatchState } from '@cordon/watch'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createQuarantine } from './quarantine.ts'
import { recoverStates } from './recover.ts'
import { type RunningRegister, startRegister } from './register/start-register.ts'
import type { ReceivedMessage } from './subscribe/create-subscriber.ts'
import { aLine } from './testing/a-line.ts'
import { aLive } from './testing/a-live.ts'

const MINUTE = 60_000
const logger = createLogger({ name: 'test', level: 'silent' })
const clock = systemClock
let database: TestDatabase
let register: RunningRegister
let person: MonitoredWearer

beforeAll(async () => {
  database = await createTestDatabase()
  register = await startRegister({ store: database.store, live: aLive(), clock, logger })
})
afterAll(async () => {
  await register.stop()
  await database.drop()
})
beforeEach(async () => {
  person = await aMonitoredWearer(database.store)
})

const fix = (ago: number, seq: number, lat = 52.2405) => ({
  time: Date.now() - ago,
  seq,
  lat,
  lon: -0.9027,
  accuracy: 8,
})
const far = 52.4
const message = (said: unknown): ReceivedMessage => ({
  topic: `cordon/v1/tags/${person.tagId}/fixes`,
  payload: Buffer.from(typeof said === 'string' ? said : JSON.stringify(said)),
  ...{ receivedAt: Date.now(), connection: 1, messageId: 1 },
})

const recover = (store: Store = database.store) => recoverStates({ store, register, clock, logger })
const aPipeline = (store: Store = database.store) => aLine({ store, register, clock })
/** Its first transaction is committed, and nobody hears of it. */
function losingAnAnswer(store: Store): Store {
  let loses = 1
  return {
    ...store,
    transaction: async work => {
      const result = await store.transaction(work)
      if (loses-- > 0) throw new Error('the connection was lost after the commit')
      return result
    },
  }
}
const count = async (table: string) => {
  const sql = `select count(*) as n from ${table} where activation_id = $1`
  const [row] = await database.store.query<{ n: string }>(sql, [person.activationId])
  return Number(row?.n)
}
const incidents = () =>
  database.store.query('select kind, certainty, ended_at from incidents where activation_id = $1', [
    person.activationId,
  ])

describe('the pipeline', () => {
  it('takes the first fix of a tag that was fitted a moment ago, and tells what it kept', async () => {
    const { run, published, meter } = await aPipeline()
    await run([message(fix(0, 1))])
    expect(await count('fixes')).toBe(1)
    expect(await incidents()).toMatchObject([{ kind: 'exclusion-breach', certainty: 'possible' }])
    expect(published).toMatchObject([{ fixes: 1, cursor: expect.stringMatching(/^\d+$/) }])
    expect(meter.sinceLast(clock.now()).fixesPerSecond).toBeGreaterThan(0)
  })

  it('writes once what is sent again, however long ago it came first, and judges a late one in its place', async () => {
    const { run, states } = await aPipeline()
    const sent = Array.from({ length: 40 }, (_, index) => message(fix((50 - index) * MINUTE, index, far)))
    await run(sent)
    await run(sent)
    expect(await count('fixes')).toBe(40)
    const { timeline } = states.get(person.activationId)
    await run([message(fix(30.5 * MINUTE, 99, far))])
    expect(await count('fixes')).toBe(41)
    expect(await count('set_aside')).toBe(0)
    expect(states.late()).toEqual([])
    expect(states.get(person.activationId).timeline.last).toEqual(timeline.last)
  })

  it('says everything once when a batch was committed and the answer was lost', async () => {
    const { store } = database
    const { run, published } = await aPipeline(losingAnAnswer(store))
    const batch = [message([35, 25, 15, 5].map((ago, index) => fix(ago * MINUTE, index))), message('no JSON')]
    await expect(run(batch)).rejects.toThrow('after the commit')
    expect(published).toEqual([])
    await run(batch)
    expect(await count('fixes')).toBe(4)
    expect(await incidents()).toMatchObject([{ certainty: 'confirmed' }])
    const [kept] = await store.query('select seen from quarantine where tag_id = $1', [person.tagId])
    expect(kept).toEqual({ seen: '1' })
  })

  it('counts what a tag gone mad sends beyond its allowance in one row, once, and keeps its newest positions', async () => {
    const { store } = database
    const { run, registry } = await aPipeline(losingAnAnswer(store))
    const now = Date.now()
    const flood = (from: number, receivedAt: number) =>
      Array.from({ length: 25 }, (_, index) => {
        const items = Array.from({ length: 1_000 }, (__, item) => from + index * 1_000 + item)
        return { ...message(items.map(seq => ({ ...fix(0, seq, far), time: now }))), receivedAt }
      })
    const first = flood(0, now)
    await expect(run(first)).rejects.toThrow('after the commit')
    await run(first)
    expect(await count('fixes')).toBe(20_000)
    const kept = () => store.query('select code, seen from quarantine where tag_id = $1', [person.tagId])
    expect(await kept()).toEqual([{ code: 'too-many', seen: '5' }])
    // a second gives 50 more: the first of the next is taken, and the time that its thousand take is to be waited for
    await run(flood(30_000, now + 1_000))
    expect(await count('fixes')).toBe(21_000)
    expect(await kept()).toEqual([{ code: 'too-many', seen: '29' }])
    expect(await registry.metrics()).toMatch(/rejections_total\{[^}]*code="too-many"[^}]*\} [1-9]/)
  })

  it('remembers nothing of a batch that was not kept', async () => {
    const broken: Store = { ...database.store, transaction: () => Promise.reject(new Error('away')) }
    await register.refresh()
    const { run, states } = await aPipeline(broken)
    await expect(run([message(fix(0, 1))])).rejects.toThrow('away')
    expect(states.get(person.activationId)).toEqual(emptyState())
  })
})

/** A state is told the clock or not by the chance of the second: one activation in ten has its turn, and what is under way. */
const withoutClock = ({ silence: { heardAt }, ...state }: WatchState) => ({ ...state, heardAt, clock: null })

describe('recoverStates', () => {
  it('is the state that a process had which was killed, and says nothing that was said', async () => {
    const { run, states } = await aPipeline()
    await run([message([fix(9 * MINUTE, 1, far), fix(8 * MINUTE, 2)])])
    await run([message(fix(7 * MINUTE, 3))])
    await run([message([fix(6.5 * MINUTE, 4), fix(6 * MINUTE, 5)])])
    const before = await database.store.query('select * from incident_changes order by cursor')
    const recovered = await recover()
    expect(withoutClock(recovered.get(person.activationId))).toEqual(withoutClock(states.get(person.activationId)))
    expect(await database.store.query('select * from incident_changes order by cursor')).toEqual(before)
  })

  it('judges what was stored and never judged, and writes what comes of it', async () => {
    await register.refresh()
    const { activationId } = person
    const fixes = [2, 1].map(minutes => ({
      activationId,
      fix: aFix({ measuredAt: Date.now() - minutes * MINUTE, seq: minutes }),
    }))
    await writeBatch(database.store, aBatch({ fixes }))
    const states = await recover()
    expect(await incidents()).toMatchObject([{ certainty: 'confirmed', ended_at: null }])
    expect(judgedThrough(states.get(activationId))).toBe(fixes[1]?.fix.measuredAt)
  })

  it('replays an activation whose state is of another version', async () => {
    const { run, states } = await aPipeline()
    await run([message([fix(9 * MINUTE, 1, far), fix(8 * MINUTE, 2)])])
    await database.store.query(
      `update watch_states set state = '{"version": 0, "recent": "what is this"}' where activation_id = $1`,
      [person.activationId],
    )
    const replayed = (await recover()).get(person.activationId)
    expect(withoutClock(replayed)).toEqual(withoutClock(states.get(person.activationId)))
  })
})

describe('createQuarantine', () => {
  it('keeps the bytes with the error that they caused, once', async () => {
    const quarantine = createQuarantine(database.store)
    const bad = message('\u0000 poison')
    await quarantine(bad, new Error('it cannot be stored'))
    await quarantine(bad, new Error('it cannot be stored'))
    const rows = await database.store.query(
      `select code, detail, seen, payload from quarantine join quarantine_payloads on payload_digest = quarantine_payloads.digest
        where tag_id = $1`,
      [person.tagId],
    )
    expect(rows).toEqual([
      {
        code: 'poison',
        detail: 'processing it failed: it cannot be stored',
        seen: '1',
        payload: Buffer.from('\u0000 poison'),
      },
    ])
  })
})
