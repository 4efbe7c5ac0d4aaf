import type { ActivationId } from '@cordon/contract'
import {
  aBatch,
  aFix,
  aMonitoredWearer,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sealAppended } from '../chain/seal-appended.ts'
import { insertAuditEntry } from '../people/insert-audit-entry.ts'
import { verifyNow } from '../testing/verify-now.ts'
import { writeBatch } from '../write/write-batch.ts'
import { applyEditionSettings, COMPRESSION_STATEMENTS } from './apply-edition-settings.ts'
import { endLegalHold } from './end-legal-hold.ts'
import { insertLegalHold } from './insert-legal-hold.ts'
import { replaceRetentionRules } from './replace-retention-rules.ts'
import { runErasures } from './run-erasures.ts'
import { runRetention } from './run-retention.ts'
import { takeKeepingLock } from './take-keeping-lock.ts'

const DAY = 86_400_000
const HOUR = 3_600_000
const ended = Date.UTC(2025, 5, 15)
const YEAR = 365 * DAY

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await rules({})
})
afterEach(() => database.drop())

interface Days {
  readonly track?: number
  readonly case?: number
  readonly bail?: number
}
const rules = ({ track = 100, case: ofCase = 3_000, bail = track }: Days) =>
  database.store.transaction(inside =>
    replaceRetentionRules(
      inside,
      {
        rules: [
          { what: 'track', orderType: '*', days: track },
          { what: 'track', orderType: 'bail', days: bail },
          { what: 'case', orderType: '*', days: ofCase },
          { what: 'audit', orderType: '*', days: 1_000 },
          { what: 'quarantine', orderType: '*', days: 30 },
        ],
      },
      'kim',
    ),
  )
const run = (now: number) =>
  runRetention({ store: database.store, now, nearMissesMs: 90 * DAY, rest: () => Promise.resolve(), rowsAtOnce: 10 })

/** Five days of fixes, one an hour, that end with the order and the activation. */
async function monitored({ orderType = 'licence', openEnd = false } = {}): Promise<MonitoredWearer> {
  const wearer = await aMonitoredWearer(database.store)
  const { activationId, orderId } = wearer
  const from = ended - 5 * DAY
  await writeBatch(
    database.store,
    aBatch({
      fixes: Array.from({ length: 120 }, (_, index) => ({
        activationId,
        fix: aFix({ measuredAt: from + index * HOUR, seq: index }),
      })),
      events: [
        { activationId, event: { measuredAt: from, receivedAt: from, seq: 1, type: 'power-on', battery: null } },
      ],
      watchStates: [{ activationId, judgedThrough: from, state: {} }],
    }),
  )
  const end = openEnd ? null : new Date(ended)
  await database.store.query('update activations set valid_from = $2, valid_to = $3 where id = $1', [
    activationId,
    new Date(from),
    new Date(ended),
  ])
  await database.store.query('update orders set valid_from = $2, valid_to = $3, type = $4 where id = $1', [
    orderId,
    new Date(from),
    end,
    orderType,
  ])
  return wearer
}
const fixesOf = async (activationId: ActivationId) =>
  (await database.store.query('select from fixes where activation_id = $1', [activationId])).length

describe('the track', () => {
  it('stays for so many days after the end of the order, and then goes with everything judged of it', async () => {
    const { activationId } = await monitored()
    expect(await run(ended + 100 * DAY - 1)).toMatchObject({ tracks: 0 })
    expect(await fixesOf(activationId)).toBe(120)
    expect(await run(ended + 100 * DAY + 1)).toMatchObject({ tracks: 1 })
    expect(await fixesOf(activationId)).toBe(0)
    for (const table of ['device_events', 'watch_states'])
      expect(await database.store.query(`select from ${table}`)).toEqual([])
    expect(await run(ended + YEAR)).toMatchObject({ tracks: 0, chunks: 0 })
  })

  it('goes with the secret of its activation, on record, when the last of it has gone and not before', async () => {
    const { activationId } = await monitored()
    const others = await monitored({ openEnd: true })
    const secrets = async () =>
      (await database.store.query<{ id: string }>('select activation_id as id from activation_secrets')).map(
        row => row.id,
      )
    await run(ended + 99 * DAY)
    expect(await secrets()).toHaveLength(2)
    await run(ended + 100 * DAY + 1)
    expect(await secrets()).toEqual([others.activationId])
    await sealAppended(database.store, new Map(), Date.now())
    const { findings, fixes, removals } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(fixes).toMatchObject({ rows: 120, unproven: 0 })
    expect(removals.find(({ relation }) => relation === 'activation_secrets')).toMatchObject({ activationId, used: 1 })
  })

  it('stays for the days of its own type of order, and of the longest one that it was under', async () => {
    await rules({ track: 100, bail: 200 })
    const licence = await monitored()
    const bail = await monitored({ orderType: 'bail' })
    const both = await monitored()
    await database.store.query(
      `insert into orders (wearer_id, type, valid_from, valid_to) values ($1, 'bail', $2, $3)`,
      [both.wearerId, new Date(ended - 2 * DAY), new Date(ended)],
    )
    await run(ended + 150 * DAY)
    expect([
      await fixesOf(licence.activationId),
      await fixesOf(bail.activationId),
      await fixesOf(both.activationId),
    ]).toEqual([0, 120, 120])
  })

  it('stays while an order has no end, and while the activation has none', async () => {
    const { activationId } = await monitored({ openEnd: true })
    const open = await monitored()
    await database.store.query('update activations set valid_to = null where id = $1', [open.activationId])
    expect(await run(ended + 50 * YEAR)).toMatchObject({ tracks: 0, cases: 0 })
    expect([await fixesOf(activationId), await fixesOf(open.activationId)]).toEqual([120, 120])
  })

  it('stays under a legal hold for as long as that holds', async () => {
    const { activationId, wearerId } = await monitored()
    const hold = await insertLegalHold(database.store, { wearerId, reason: 'appeal' }, 'kim')
    await run(ended + 50 * YEAR)
    expect(await fixesOf(activationId)).toBe(120)
    await endLegalHold(database.store, hold.id, { by: 'lee', reason: 'dismissed' })
    await run(ended + YEAR)
    expect(await fixesOf(activationId)).toBe(0)
  })

  it('is removed in slices, and each is on record with the time that it covers, without gap or overlap', async () => {
    const { activationId } = await monitored()
    await rules({ track: 200 })
    // Somebody else's fixes in the same days keep whole chunks from being dropped.
    await monitored({ openEnd: true })
    await run(ended + YEAR)
    const removals = await database.store.query<{ from: number; to: number; rows: string }>(
      `select removed_from as "from", removed_to as "to", rows from removals
        where activation_id = $1 and relation = 'fixes' order by id`,
      [activationId],
    )
    expect(removals).toHaveLength(12)
    expect(removals.reduce((sum, { rows }) => sum + Number(rows), 0)).toBe(120)
    for (const [index, { to }] of removals.slice(0, -1).entries()) expect(removals[index + 1]?.from).toBe(to)
  })

  it('goes by whole chunks where TimescaleDB has them, and only those in which nobody has anything to keep', async () => {
    const early = await monitored()
    const kept = await monitored({ openEnd: true })
    await database.store.query('delete from fixes where activation_id = $1 and measured_at < $2', [
      kept.activationId,
      new Date(ended - 2 * DAY),
    ])
    const { chunks } = await run(ended + YEAR)
    expect(chunks).toBe(database.store.edition === 'plain' ? 0 : 3)
    expect(await fixesOf(early.activationId)).toBe(0)
    expect(await fixesOf(kept.activationId)).toBe(48)
    const dropped = await database.store.query<{ days: number; rows: string }>(
      `select extract(day from removed_to - removed_from)::int as days, rows from removals
        where relation = 'fixes' and activation_id is null order by id`,
    )
    expect(dropped).toEqual(Array.from({ length: chunks }, () => ({ days: 1, rows: '24' })))
    const covered = await database.store.query<{ rows: string }>(
      `select sum(rows) as rows from removals where relation = 'fixes'`,
    )
    expect(covered[0]?.rows).toBe('120')
  })
})

describe('a wearer as a whole', () => {
  it('goes by the rule of the case, like an erasure and with its certificate', async () => {
    const { wearerId } = await monitored()
    const now = ended + 3_001 * DAY
    expect(await run(now)).toMatchObject({ cases: 1 })
    expect(await run(now)).toMatchObject({ cases: 0 })
    const erase = () =>
      runErasures({
        ...{ store: database.store, now: Date.now() + 1_000, settleMs: 0 },
        rest: () => Promise.resolve(),
        onStopped: () => undefined,
      })
    await erase()
    await erase()
    expect(await database.store.query('select from wearers where id = $1', [wearerId])).toEqual([])
    expect(await database.store.query('select why, state, requested_by from erasures')).toEqual([
      { why: 'retention', state: 'certified', requested_by: 'cordon' },
    ])
  })

  it('stays while an incident is not closed', async () => {
    const { wearerId, activationId } = await monitored()
    await database.store.query(
      `insert into incidents (episode_id, wearer_id, activation_id, kind, severity, severity_rank, certainty, happened_at, received_at, reason)
       values ('e', $1, $2, 'silence', 'warning', 2, 'confirmed', now(), now(), '{}')`,
      [wearerId, activationId],
    )
    expect(await run(ended + 50 * YEAR)).toMatchObject({ cases: 0 })
  })
})

describe('what goes by its age', () => {
  it('audit entries and quarantined messages, but for those about a wearer under a legal hold', async () => {
    const free = await aMonitoredWearer(database.store)
    const held = await aMonitoredWearer(database.store)
    await insertLegalHold(database.store, { wearerId: held.wearerId, reason: 'appeal' }, 'kim')
    for (const { wearerId, tagId } of [free, held]) {
      await insertAuditEntry(database.store, { who: 'kim', what: 'read-track', wearerId })
      await writeBatch(
        database.store,
        aBatch({
          quarantine: [
            {
              ...{ topic: 't', tagId, receivedAt: Date.now(), payload: Buffer.from(tagId) },
              rejection: { code: 'not-json', field: '', detail: '', index: null },
            },
          ],
        }),
      )
    }
    expect(await run(Date.now() + DAY)).toMatchObject({ auditEntries: 0, quarantined: 0 })
    expect(await run(Date.now() + 1_001 * DAY)).toMatchObject({ auditEntries: 1, quarantined: 1 })
    expect(await database.store.query('select wearer_id from audit_entries')).toEqual([{ wearer_id: held.wearerId }])
    expect(await database.store.query('select tag_id from quarantine')).toEqual([{ tag_id: held.tagId }])
    expect(await database.store.query('select from quarantine_payloads')).toHaveLength(1)
  })
})

it('one runner removes at a time: whoever finds the lock taken leaves the rest for later', async () => {
  const { activationId } = await monitored()
  await database.store.transaction(async inside => {
    expect(await takeKeepingLock(inside)).toBe(true)
    expect(await run(ended + YEAR)).toMatchObject({ tracks: 0, chunks: 0 })
  })
  expect(await fixesOf(activationId)).toBe(120)
})

describe('what only the Community edition has', () => {
  it('is left alone on the others', async () => {
    if (database.store.edition === 'community') return
    expect(await applyEditionSettings(database.store)).toBe(false)
  })

  it('is refused by the Apache edition for the licence, not for a fault of ours', async () => {
    if (database.store.edition !== 'apache') return
    for (const statement of COMPRESSION_STATEMENTS)
      await expect(database.store.execute(statement)).rejects.toThrow(
        'not supported under the current "apache" license',
      )
  })
})
