import { asId, type Cursor } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import {
  aBatch,
  aFix,
  aMonitoredWearer,
  anIncidentJudgement,
  createTestDatabase,
  leakCheck,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readIncidentChanges } from '../incidents/read-incident-changes.ts'
import { writeBatch } from '../write/write-batch.ts'
import { editionOf } from './detect-edition.ts'
import { openStore } from './open-store.ts'
import { isForeignKeyViolation, isUniqueViolation } from './store-error.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
let database: TestDatabase
let assertNoLeak: () => Promise<void>
beforeAll(async () => {
  assertNoLeak = leakCheck()
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
  await assertNoLeak()
})

const open = (
  options: { url?: string; poolSize?: number; statementTimeoutMs?: number; connectTimeoutMs?: number } = {},
) => openStore({ url: database.url, applicationName: 'open-store-test', logger, ...options })

describe('the edition', () => {
  it('is what the server is: fixes are a hypertable wherever it is not plain', async () => {
    const [server] = await database.store.query<{ preloaded: boolean; hypertable: boolean }>(
      `select current_setting('shared_preload_libraries') like '%timescaledb%' as preloaded,
              to_regclass('_timescaledb_catalog.hypertable') is not null as hypertable`,
    )
    const expected = server?.preloaded === true ? ['apache', 'community'] : ['plain']
    expect(expected).toContain(database.store.edition)
    expect(server?.hypertable).toBe(database.store.edition !== 'plain')
    if (database.store.edition === 'plain') return
    const tables = await database.store.query('select hypertable_name from timescaledb_information.hypertables')
    expect(tables).toEqual([{ hypertable_name: 'fixes' }])
    const [licence] = await database.store.query<{ name: string }>(
      `select current_setting('timescaledb.license') as name`,
    )
    expect(licence?.name).toBe(database.store.edition === 'apache' ? 'apache' : 'timescale')
  })

  it('goes by extension and licence', () => {
    expect(editionOf(null, null)).toBe('plain')
    expect(editionOf(null, 'timescale')).toBe('plain') // preloaded, but not in this database
    expect(editionOf('2.19.3', 'apache')).toBe('apache')
    expect(editionOf('2.29.0', 'timescale')).toBe('community')
  })
})

describe('values', () => {
  it('come as Cordon has them', async () => {
    const [row] = await database.store.query(
      `select 9223372036854775807::bigint as id, array[1, 9007199254740993]::bigint[] as ids, '2026-11-22 06:00:00.123456+02'::timestamptz as at,
              'infinity'::timestamptz as never, null::timestamptz as unknown, '{"a": [1.5]}'::jsonb as json, '\\x00ff'::bytea as bytes, 0.1::float8 as number`,
    )
    expect(row).toEqual({
      id: '9223372036854775807',
      ids: ['1', '9007199254740993'],
      at: Date.UTC(2026, 10, 22, 4, 0, 0, 123),
      never: Number.POSITIVE_INFINITY,
      unknown: null,
      json: { a: [1.5] },
      bytes: Buffer.from([0, 255]),
      number: 0.1,
    })
  })

  it.each([['Europe/London'], ['Asia/Kolkata'], ['America/St_Johns']])(
    'are the same instants in a session of %s',
    async zone => {
      const instants = ['1970-01-01T00:00:00.001Z', '2026-07-01T12:00:00Z', '2099-12-31T23:59:59.999Z']
      await database.store.transaction(async inside => {
        await inside.execute(`set local timezone to '${zone}'`)
        const rows = await inside.query<{ at: number }>('select unnest($1::timestamptz[]) as at', [instants])
        expect(rows.map(({ at }) => at)).toEqual(instants.map(text => Date.parse(text)))
      })
    },
  )

  it.each([
    ['2^31', 2n ** 31n + 1n],
    ['2^53', 2n ** 53n + 1n],
    ['2^63', 2n ** 63n - 1_000n],
  ])('are exact for ids beyond %s, up to the wire', async (_name, next) => {
    const { store } = database
    for (const table of ['wearers', 'orders', 'zones', 'conditions', 'activations', 'incidents'])
      await store.execute(`alter table ${table} alter column id restart with ${next}`)
    await store.query(`select setval('incident_cursor', ${next}, false)`)
    const wearer = await aMonitoredWearer(store)
    expect(wearer).toMatchObject({
      wearerId: String(next),
      conditionId: String(next),
      activationId: String(next),
      zoneId: String(next),
    })
    const fixes = [{ activationId: wearer.activationId, fix: aFix({ measuredAt: Date.UTC(2026, 0, 1) }) }]
    const { incidentCursor, incidents, newFixes } = await writeBatch(
      store,
      aBatch({ fixes, judgements: [anIncidentJudgement(wearer)] }),
    )
    expect({ incidentCursor, newFixes }).toEqual({ incidentCursor: String(next), newFixes: 1 })
    const [change] = await readIncidentChanges(store, asId<Cursor>(String(next - 1n)), 1)
    const wire = JSON.parse(JSON.stringify(change)) as unknown
    expect(wire).toMatchObject({
      cursor: String(next),
      incident: {
        id: incidents[0]?.incidentId,
        wearerId: String(next),
        activationId: String(next),
        conditionId: String(next),
        zoneId: String(next),
      },
    })
    expect(await store.query('select activation_id from fixes where activation_id = $1', [next])).toEqual([
      { activation_id: String(next) },
    ])
  })
})

describe('a transaction', () => {
  it('is undone when the work rejects, and its connection serves on', async () => {
    const store = await open({ poolSize: 1 })
    const failing = store.transaction(async inside => {
      await inside.execute(`insert into tag_statuses values ('t', true, now())`)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await store.query(`select from tag_statuses where tag_id = 't'`)).toEqual([])
    await store.close()
  })

  it('is not taken for committed when one of its statements failed unnoticed', async () => {
    const work = database.store.transaction(async inside => {
      await inside.query('select 1 / 0').catch(() => undefined)
      await inside.execute(`insert into tag_statuses values ('u', true, now())`).catch(() => undefined)
    })
    await expect(work).rejects.toThrow('ROLLBACK instead of COMMIT')
  })

  it('refuses statements after its end, which would run outside of it', async () => {
    const late = await database.store.transaction(inside => Promise.resolve(() => inside.query('select 1')))
    await expect(late()).rejects.toThrow('after its transaction had ended')
  })

  it('reports what PostgreSQL refuses in a form to decide on', async () => {
    const twice = database.store.query(`insert into wearers (name, reference) values ('a', 'same'), ('b', 'same')`)
    const error: unknown = await twice.catch((thrown: unknown) => thrown)
    expect(isUniqueViolation(error)).toBe(true)
    expect(isUniqueViolation(error, 'wearers_reference_key')).toBe(true)
    expect(isUniqueViolation(error, 'another')).toBe(false)
    expect(isForeignKeyViolation(error)).toBe(false)
  })
})

describe('statements that share a round trip', () => {
  it('are refused for the fault of the first that failed, whichever is waited for', async () => {
    const { store } = database
    const failing = store.transaction(async inside => {
      const faulty = inside.query('select 1 / 0')
      await Promise.all([inside.copy('copy tag_statuses from stdin (format binary)', Buffer.alloc(0)), faulty])
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
  })
})

describe('trouble', () => {
  it('an ended connection costs the statement that used it, not the process and not the next statement', async () => {
    const store = await open({ poolSize: 2 })
    await store.query('select 1')
    const asleep = store.query('select pg_sleep(60)')
    const inTransaction = store.transaction(inside => inside.query('select pg_sleep(60)'))
    const ended = Promise.allSettled([asleep, inTransaction])
    await endConnections(2)
    for (const outcome of await ended)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'database-unavailable' } })
    expect(await store.query('select 1 as one')).toEqual([{ one: 1 }])
    await store.close()
  })

  it('a server that nobody runs is database-unavailable, with the cause', async () => {
    const error: unknown = await open({ url: 'postgres://postgres@127.0.0.1:1/none' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toMatchObject({ code: 'database-unavailable', cause: { code: 'ECONNREFUSED' } })
  })

  it('a statement that takes too long is cancelled: timed-out', async () => {
    const store = await open({ statementTimeoutMs: 50 })
    await expect(store.query('select pg_sleep(60)')).rejects.toMatchObject({ code: 'timed-out' })
    await store.close()
  })

  it('waiting in vain for a free connection is database-unavailable', async () => {
    const store = await open({ poolSize: 1, connectTimeoutMs: 300 })
    const busy = store.query('select pg_sleep(60)')
    busy.catch(() => undefined)
    await expect(store.query('select 1')).rejects.toMatchObject({ code: 'database-unavailable' })
    await endConnections(1)
    await expect(busy).rejects.toMatchObject({ code: 'database-unavailable' })
    await store.close()
  })

  it('closing twice is one close', async () => {
    const store = await open()
    await Promise.all([store.close(), store.stop()])
    await store.close()
  })
})

/** Ends the connections of `open` that sleep, once there are as many as expected. */
async function endConnections(expected: number): Promise<void> {
  const sleeping = `from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
  while ((await database.store.query(`select pid ${sleeping}`)).length < expected)
    await new Promise(resolve => setTimeout(resolve, 5))
  await database.store.query(`select pg_terminate_backend(pid) ${sleeping}`)
}
