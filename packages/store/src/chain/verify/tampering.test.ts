import { type ActivationId, asId } from '@cordon/contract'
import {
  aBatch,
  aFix,
  aMonitoredWearer,
  aNearMiss,
  anIncidentJudgement,
  aVisit,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { insertAction } from '../../incidents/insert-action.ts'
import { insertAuditEntry } from '../../people/insert-audit-entry.ts'
import { verifyNow } from '../../testing/verify-now.ts'
import { writeBatch } from '../../write/write-batch.ts'
import { readHeads } from '../read-heads.ts'
import { sealAppended } from '../seal-appended.ts'

const at = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
let database: TestDatabase
let wearer: MonitoredWearer
beforeAll(async () => {
  database = await createTestDatabase()
  wearer = await aMonitoredWearer(database.store)
  await record()
  await run(`create schema kept; ${TABLES.map(table => `create table kept.${table} as table ${table}`).join(';')}`)
})
afterEach(async () => {
  const restored = TABLES.map(
    table => `delete from ${table}; insert into ${table} overriding system value table kept.${table}`,
  )
  await run(`${UNWATCHED}; ${restored.join(';')}`)
  database.store.chain.forget()
})
afterAll(() => database.drop())

/** What an insider with full rights does first: neither triggers nor foreign keys act. */
const UNWATCHED = 'set local session_replication_role = replica'
const TABLES = [
  ...['fixes', 'fixes_aside', 'device_events', 'near_misses', 'visits', 'set_aside', 'incidents', 'incident_changes'],
  ...['incident_actions', 'audit_entries', 'removals', 'chain_links', 'chain_entries', 'activation_secrets'],
]

const seal = () => sealAppended(database.store, new Map(), Date.now())
const fixesAt = (minute: number, activations = ['1', '2', '3']) =>
  activations.map((id, index) => ({
    activationId: asId<ActivationId>(id),
    fix: aFix({
      measuredAt: at + minute * MINUTE + index,
      seq: minute,
      lon: index / 7,
      accuracyM: index === 0 ? null : 8,
    }),
  }))

/** Five batches of three fixes, judgements of every kind, and what people did, all sealed. */
async function record(): Promise<void> {
  const { store } = database
  const { activationId } = wearer
  for (let minute = 0; minute < 5; minute++) await writeBatch(store, aBatch({ fixes: fixesAt(minute) }))
  await writeBatch(
    store,
    aBatch({
      aside: [{ activationId, fix: aFix({ measuredAt: at + 9e8 }), reason: 'future' }],
      events: [
        { activationId, event: { measuredAt: at, receivedAt: at + 1, seq: 9, type: 'strap-cut', battery: 40.5 } },
      ],
      judgements: [
        anIncidentJudgement(wearer),
        aNearMiss(wearer, { from: at }),
        aVisit(wearer, { from: at }),
        { type: 'set-aside', activationId, measuredAt: at, seq: 1, reason: 'impossible-jump' },
      ],
    }),
  )
  const [incident] = await store.query<{ id: string }>('select id from incidents')
  await insertAction(store, incident?.id ?? '', { type: 'note', text: 'seen' }, 'kim')
  await insertAuditEntry(store, { who: 'kim', what: 'read-track', detail: { from: 'x' } })
  await seal()
}

const run = (sql: string) => database.store.execute(sql)
const found = async () => (await verifyNow(database)).findings
const ofMinute = (minute: number, index = 0) => new Date(at + minute * MINUTE + index).toISOString()

describe('what was recorded', () => {
  it('is found as it was recorded, with everything in it', async () => {
    const { fixes, records, findings } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(fixes).toEqual({ rows: 15, batches: 5, unsealed: 0, unproven: 0 })
    expect(Object.fromEntries(records.map(({ relation, entries }) => [relation, entries]))).toEqual({
      ...{ device_events: 1, fixes_aside: 1, set_aside: 1, near_misses: 1, visits: 1 },
      ...{ incident_changes: 1, incident_actions: 1, audit_entries: 1, removals: 0, activation_secrets: 3 },
    })
  })

  it('may change lawfully: a near miss grows, a visit ends, a stretch is judged again', async () => {
    const { store } = database
    const { activationId } = wearer
    await writeBatch(
      store,
      aBatch({
        judgements: [
          aNearMiss(wearer, { from: at, to: at + 9 * MINUTE }),
          aVisit(wearer, { from: at, to: at + MINUTE }),
        ],
      }),
    )
    expect(await found()).toEqual([])
    await writeBatch(
      store,
      aBatch({
        replacedFrom: [{ activationId, from: at, near: [] }],
        judgements: [aNearMiss(wearer, { from: at + 1 })],
      }),
    )
    expect(await found()).toEqual([])
    await run(
      `insert into near_misses select activation_id, condition_id, zone_id, began_at - interval '1 ms', ended_at, detail from near_misses`,
    )
    expect(await found()).toMatchObject([{ kind: 'inserted', table: 'near_misses' }])
  })
})

describe('a fix', () => {
  const COLUMNS = {
    activation_id: '77',
    measured_at: `measured_at + interval '1 second'`,
    seq: 'seq + 1',
    received_at: `received_at - interval '1 ms'`,
    sent_at: 'received_at',
    lon: 'lon + 1e-13',
    lat: 'lat + 1e-13',
    accuracy_m: '9',
    speed_mps: 'null',
    heading_deg: 'heading_deg + 1',
    altitude_m: 'null',
    hdop: '2',
    battery: '1',
    satellites: '3',
    source: '1',
  }

  it.each(Object.entries(COLUMNS))(
    'that was altered in %s is found, and in which batch and time',
    async (column, value) => {
      await run(`update fixes set ${column} = ${value} where activation_id = 2 and seq = 3`)
      const findings = await found()
      expect(findings.length).toBeGreaterThan(0)
      for (const finding of findings) {
        expect(finding).toMatchObject({ table: 'fixes', batch: { chain: 'test', kind: 'fixes', position: 4 } })
        expect(finding.between[0]).toBeLessThanOrEqual(finding.between[1] ?? 0)
      }
      expect(findings.map(({ row, detail }) => `${row} ${detail}`).join()).toContain(ofMinute(3, 1))
    },
  )

  it('that is gone, was put in, or was exchanged for another is found', async () => {
    await run(`delete from fixes where activation_id = 1 and seq = 0`)
    await run(`insert into fixes select activation_id, measured_at + interval '1 ms', seq, received_at, sent_at, lon, lat, accuracy_m, speed_mps,
                 heading_deg, altitude_m, hdop, battery, satellites, source, batch_id from fixes where activation_id = 3 and seq = 4`)
    await run(`update fixes f set lon = other.lon, accuracy_m = other.accuracy_m from fixes other
                where f.seq = 2 and other.seq = 2 and (f.activation_id, other.activation_id) in ((1, 2), (2, 1))`)
    expect(await found()).toMatchObject([
      { kind: 'missing', row: `activation 1, measured ${ofMinute(0)}`, batch: { position: 1 } },
      { kind: 'altered', row: `activation 1, measured ${ofMinute(2)}, seq 2`, batch: { position: 3 } },
      { kind: 'altered', row: `activation 2, measured ${ofMinute(2, 1)}, seq 2`, batch: { position: 3 } },
      {
        kind: 'inserted',
        row: `activation 3, measured ${new Date(at + 4 * MINUTE + 3).toISOString()}, seq 4`,
        batch: { position: 5 },
      },
    ])
  })

  it('cannot be slipped in with no batch, with one that does not exist, or from another chain', async () => {
    const copy = (batch: string) =>
      run(`insert into fixes select activation_id + 50, measured_at, seq, now(), sent_at, lon, lat, accuracy_m, speed_mps,
             heading_deg, altitude_m, hdop, battery, satellites, source, ${batch} from fixes where activation_id = 3 and seq = 4 limit 1`)
    await copy('null')
    expect(await found()).toMatchObject([{ kind: 'inserted', batch: null }])
    await run('delete from fixes where batch_id is null')
    await copy('batch_id + 1000')
    await run(`update fixes set batch_id = 8000::bigint << 40 where activation_id = 1 and seq = 4`)
    expect((await found()).map(({ kind, row }) => `${kind} ${row?.slice(0, 13)}`)).toEqual([
      'missing activation 1,',
      'inserted activation 53',
      'inserted activation 1,',
    ])
  })

  it('of a whole batch is found missing, row for row', async () => {
    await run('delete from fixes where seq = 1')
    const findings = await found()
    expect(findings.map(({ kind, batch }) => [kind, batch?.position])).toEqual([1, 2, 3].map(() => ['missing', 2]))
  })

  it('outside the time that was asked for is left alone', async () => {
    await run('delete from fixes where seq = 1')
    const asked = { from: at + 2 * MINUTE, to: at + 9 * MINUTE }
    expect((await verifyNow(database, asked)).findings).toEqual([])
    expect((await verifyNow(database, { from: at + MINUTE + 1, to: at + 2 * MINUTE })).found).toBe(2)
  })
})

describe('a judgement, an action, an audit entry', () => {
  it.each([
    ['device_events', `update device_events set battery = 41`],
    ['fixes_aside', `update fixes_aside set reason = 'other'`],
    ['near_misses', `update near_misses set detail = detail || '{"probability": 0.9}'`],
    ['visits', `update visits set disproved = true`],
    ['set_aside', `update set_aside set recorded_at = recorded_at + interval '1 ms'`],
    ['incident_changes', `update incident_changes set incident = incident || '{"severity": "message"}'`],
    ['incident_actions', `update incident_actions set by_whom = 'lee'`],
    ['audit_entries', `update audit_entries set who = 'lee'`],
  ])('that was altered in %s is found: %s', async (table, sql) => {
    expect(await run(sql)).toBe(1)
    const finding = (await found()).find(({ table: of }) => of === table)
    expect(finding).toMatchObject({ kind: 'altered', table, batch: { kind: 'records' } })
    expect(finding?.row).not.toBeNull()
  })

  it.each([
    'device_events',
    'fixes_aside',
    'near_misses',
    'visits',
    'set_aside',
    'incident_changes',
    'incident_actions',
    'audit_entries',
  ])('that is gone from %s is found', async table => {
    await run(`delete from ${table}`)
    expect(await found()).toMatchObject([{ kind: 'missing', table }])
  })

  it('that was put in with a number that had been sealed past is found', async () => {
    await run(`update chain_links set at = at - interval '1 hour'`)
    await run(
      `insert into audit_entries (id, at, who, what) overriding system value values (0, now() - interval '10 minutes', 'kim', 'x')`,
    )
    expect(await found()).toContainEqual(
      expect.objectContaining({ kind: 'inserted', table: 'audit_entries', row: '0' }),
    )
  })

  it('is looked for in the incident itself as well', async () => {
    await run(`${UNWATCHED}; update incidents set severity = 'message'`)
    expect(await found()).toMatchObject([{ kind: 'altered', table: 'incidents' }])
  })
})

describe('the chain itself', () => {
  it.each([
    `update chain_links set content = overlay(content placing '\\x00' from 5) where position = 3 and measured_from is not null`,
    `update chain_links set at = at - interval '1 ms' where position = 3`,
    `update chain_links set rows = rows + 1 where position = 3`,
    `update chain_links set measured_to = measured_to + interval '1 ms' where position = 3`,
  ])('shows which link was altered: %s', async sql => {
    expect(await run(sql)).toBe(1)
    expect(await found()).toContainEqual(
      expect.objectContaining({ kind: 'link-altered', batch: { chain: 'test', kind: 'fixes', position: 3 } }),
    )
  })

  it('shows which links are gone, and that the row of an entry was changed with it', async () => {
    await run('delete from chain_links where position in (2, 3)')
    expect(await found()).toContainEqual(
      expect.objectContaining({
        kind: 'link-missing',
        batch: { chain: 'test', kind: 'fixes', position: 2 },
        detail: 'links 2 to 3 of the chain are gone',
      }),
    )
    await run(`update audit_entries set who = 'lee'`)
    await run(`update chain_entries e set digest = sha256('x') where relation = 'audit_entries'`)
    expect(await found()).toContainEqual(expect.objectContaining({ kind: 'link-altered', table: 'chain_entries' }))
  })

  it('that was cut off with its rows, or made anew from some point on, is told by an anchor', async () => {
    const anchors = await readHeads(database.store)
    expect((await verifyNow(database, undefined, anchors)).findings).toEqual([])
    await run(`delete from fixes where seq >= 3`)
    await run(`delete from chain_links where position >= 4 and measured_from is not null`)
    expect(await found()).toEqual([])
    const cut = await verifyNow(database, undefined, anchors)
    expect(cut.findings).toMatchObject([{ kind: 'off-chain', batch: { chain: 'test', kind: 'fixes', position: 5 } }])
    const { store } = database
    store.chain.forget()
    for (const minute of [3, 4]) await writeBatch(store, aBatch({ fixes: fixesAt(minute, ['1', '2']) }))
    expect(await found()).toEqual([])
    const anew = await verifyNow(database, undefined, anchors)
    expect(anew.findings).toMatchObject([{ kind: 'off-chain', detail: expect.stringContaining('is another one') }])
  })
})

describe('a lawful removal', () => {
  const removal = (values: string) =>
    run(`insert into removals (why, by_whom, activation_id, relation, removed_from, removed_to, rows) values ${values}`)

  it('of one wearer or of a time accounts for what is missing, as far as it says, and is itself sealed', async () => {
    await run('delete from fixes where activation_id = 1')
    await removal(`('erasure', 'kim', 1, 'fixes', null, null, 5)`)
    await run(`delete from fixes where seq = 0`)
    await removal(`('retention', 'cordon', null, 'fixes', '${ofMinute(0)}', '${ofMinute(1)}', 3)`)
    await run('delete from near_misses')
    await removal(
      `('retention', 'cordon', ${wearer.activationId}, 'near_misses', '${ofMinute(0)}', '${ofMinute(1)}', 1)`,
    )
    await seal()
    const { findings, removals } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(removals.map(({ relation, used }) => [relation, used])).toEqual([
      ['near_misses', 1],
      ['fixes', 5],
      ['fixes', 2],
    ])
    await run(`update removals set rows = 100 where why = 'erasure'`)
    expect(await found()).toMatchObject([{ kind: 'altered', table: 'removals' }])
  })

  it('does not account for more rows, others, or another time than it says', async () => {
    await removal(
      `('erasure', 'kim', 1, 'fixes', null, null, 1), ('retention', 'cordon', null, 'fixes', '${ofMinute(9)}', null, 9)`,
    )
    await seal()
    await run('delete from fixes where activation_id in (1, 2) and seq < 2')
    expect((await found()).map(({ row }) => row)).toEqual([
      `activation 2, measured ${ofMinute(0, 1)}`,
      `activation 1, measured ${ofMinute(1)}`,
      `activation 2, measured ${ofMinute(1, 1)}`,
    ])
  })

  it('that emptied an audit entry accounts for it', async () => {
    await run(`update audit_entries set detail = '{}'`)
    expect(await found()).toMatchObject([{ kind: 'altered', table: 'audit_entries' }])
    const [entry] = await database.store.query<{ at: string }>('select at::text as at from audit_entries')
    await removal(
      `('erasure', 'kim', null, 'audit_entries', '${entry?.at}', '${entry?.at}'::timestamptz + interval '1 us', 1)`,
    )
    await seal()
    expect(await found()).toEqual([])
  })
})
