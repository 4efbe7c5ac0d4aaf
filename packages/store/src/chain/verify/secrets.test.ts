import { type ActivationId, asId } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyNow } from '../../testing/verify-now.ts'
import { writeBatch } from '../../write/write-batch.ts'
import { sealAppended } from '../seal-appended.ts'

const at = Date.UTC(2026, 10, 22, 6)
const MINUTE = 60_000
let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  for (let minute = 0; minute < 3; minute++) await record(minute)
})
afterEach(() => database.drop())

/** A fix of each of three activations, whose secrets are made by the first such batch. */
const record = (minute: number) =>
  writeBatch(
    database.store,
    aBatch({
      fixes: ['1', '2', '3'].map(id => ({
        activationId: asId<ActivationId>(id),
        fix: aFix({ measuredAt: at + minute * MINUTE, seq: minute }),
      })),
    }),
  )
const run = (sql: string) => database.store.execute(sql)
const found = async () => (await verifyNow(database)).findings
const removal = (values: string) =>
  run(`insert into removals (why, by_whom, activation_id, relation, rows) values ('erasure', 'kim', ${values})`)
const FIRST_BATCH = { chain: 'test', kind: 'records', position: 1 }

describe('the secret of an activation', () => {
  it('that was altered is found, and which it is; the fixes that it was for are not taken for altered', async () => {
    await run('update activation_secrets set secret = sha256(secret) where activation_id = 2')
    const { findings, fixes } = await verifyNow(database)
    expect(findings).toMatchObject([
      {
        kind: 'altered',
        table: 'activation_secrets',
        row: '2/2',
        batch: FIRST_BATCH,
        detail: 'is not what was recorded',
      },
    ])
    expect(findings[0]?.between[1]).toEqual(expect.any(Number))
    expect(fixes).toEqual({ rows: 9, batches: 3, unsealed: 0, unproven: 3 })
  })

  it.each(['id = default', 'activation_id = 9', `made_at = made_at + interval '1 ms'`])(
    'is also found when what stands beside it was altered: %s',
    async column => {
      await run(`update activation_secrets set ${column} where activation_id = 2`)
      expect((await found()).map(({ table }) => table)).toContain('activation_secrets')
    },
  )

  it('that is gone and that no removal covers is found, and where it was made; the fixes of others are still proven', async () => {
    await run('delete from activation_secrets where activation_id = 2')
    await run('update fixes set lon = lon + 1e-9 where activation_id = 3 and seq = 1')
    expect(await found()).toMatchObject([
      { kind: 'missing', table: 'activation_secrets', row: '2/2', batch: FIRST_BATCH },
      { kind: 'altered', table: 'fixes', batch: { kind: 'fixes', position: 2 } },
    ])
  })

  it('that was exchanged for another is found, as one that is gone and one that was put in', async () => {
    await run(
      'delete from activation_secrets where activation_id = 2; insert into activation_secrets (activation_id) values (2)',
    )
    expect(await found()).toMatchObject([
      { kind: 'missing', row: '2/2' },
      { kind: 'inserted', row: expect.stringMatching(/^2\//) },
    ])
    database.store.chain.forget() // a restart: the ingest finds the new one, and takes it
    await record(3)
    const { findings, fixes } = await verifyNow(database)
    expect(findings).toHaveLength(2)
    expect(fixes).toMatchObject({ rows: 12, unproven: 3 })
  })

  it('that is gone with its entry is found by the first fix that was made with it, in any time that is asked for', async () => {
    await run('delete from activation_secrets where activation_id = 2')
    await run(`delete from chain_entries where relation = 'activation_secrets' and activation_id = 2`)
    const asked = await verifyNow(database, { from: at + MINUTE, to: at + 2 * MINUTE })
    expect(asked.fixes).toMatchObject({ rows: 3, unproven: 1 })
    expect(asked.findings).toContainEqual(
      expect.objectContaining({
        ...{ kind: 'missing', table: 'activation_secrets', row: 'of activation 2' },
        batch: { chain: 'test', kind: 'fixes', position: 2 },
        detail: expect.stringContaining(`activation 2, measured ${new Date(at + MINUTE).toISOString()}`),
      }),
    )
  })

  it('that is older than the time that was asked for is told where a fix of that time needs it, and nowhere else', async () => {
    await run(
      `update chain_links set at = at - interval '1 year'; update activation_secrets set secret = '' where activation_id = 2`,
    )
    await run('delete from fixes where activation_id = 2 and seq = 2')
    const told = async (minute: number) =>
      (await verifyNow(database, { from: at + minute * MINUTE, to: at + (minute + 1) * MINUTE })).findings.filter(
        ({ table }) => table === 'activation_secrets',
      )
    expect(await told(1)).toMatchObject([{ kind: 'altered', row: '2/2' }])
    expect(await told(2)).toEqual([])
  })

  it('that was destroyed with the fixes that it was for, and on record, is missed by nobody', async () => {
    await run('delete from fixes where activation_id = 2')
    await removal(`2, 'fixes', 3`)
    await run('delete from activation_secrets where activation_id = 2')
    await removal(`2, 'activation_secrets', 1`)
    await sealAppended(database.store, new Map(), Date.now())
    const { findings, removals, fixes } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(fixes).toMatchObject({ rows: 6, unproven: 0 })
    expect(removals.map(({ relation, used }) => [relation, used])).toEqual([
      ['activation_secrets', 1],
      ['fixes', 3],
    ])
  })

  it('that was destroyed, on record, while a fix of it is there: that fix is told', async () => {
    await run('delete from fixes where activation_id = 2 and seq > 0')
    await removal(`2, 'fixes', 2`)
    await run('delete from activation_secrets where activation_id = 2')
    await removal(`2, 'activation_secrets', 1`)
    const told = (await found()).filter(({ table }) => table === 'activation_secrets')
    expect(told).toMatchObject([{ kind: 'missing', row: 'of activation 2', batch: { kind: 'fixes', position: 1 } }])
    expect(told[0]?.detail).toContain(`activation 2, measured ${new Date(at).toISOString()}, seq 0`)
  })

  it('is not taken for destroyed by a removal of another activation, or of more than one when it says one', async () => {
    await run('delete from activation_secrets where activation_id in (2, 3)')
    await removal(`3, 'activation_secrets', 1`)
    const told = (await found()).filter(({ detail }) => detail.includes('no removal covers'))
    expect(told.map(({ row }) => row)).toEqual(['2/2'])
  })
})

describe('the salt of a row', () => {
  it('that was altered or taken away is found as an alteration of the row', async () => {
    const { store } = database
    await store.query(`insert into audit_entries (who, what) values ('kim', 'read-track'), ('lee', 'read-track')`)
    await sealAppended(store, new Map(), Date.now())
    expect(await found()).toEqual([])
    await run(
      `update audit_entries set salt = gen_random_uuid() where who = 'kim'; update audit_entries set salt = null where who = 'lee'`,
    )
    expect(await found()).toMatchObject([
      { kind: 'altered', table: 'audit_entries', row: '1' },
      { kind: 'altered', table: 'audit_entries', row: '2' },
    ])
  })
})
