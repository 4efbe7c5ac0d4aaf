import { readFileSync } from 'node:fs'
import { type ActivationId, asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../connection/open-store.ts'
import { verifyNow } from '../../testing/verify-now.ts'
import { writeBatch } from '../../write/write-batch.ts'

/** Two batches of fixes, judgements of every kind, and what people did, row by row as migration 0008 and its program left them. */
const RECORDED = readFileSync(new URL('before-salts.jsonl', import.meta.url), 'utf8')
const at = Date.UTC(2026, 10, 22, 6)

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  await database.store.transaction(async inside => {
    await inside.execute('set local session_replication_role = replica') // neither foreign keys nor triggers
    for (const line of RECORDED.trim().split('\n')) {
      const { table, row } = JSON.parse(line) as { table: string; row: object }
      const values = `select * from jsonb_populate_record(null::${table}, $1)`
      await inside.query(`insert into ${table} overriding system value ${values}`, [JSON.stringify(row)])
    }
    await inside.execute(`select setval(pg_get_serial_sequence('chain_entries', 'id'), 1000)`)
  })
})
afterEach(() => database.drop())

const found = async () => (await verifyNow(database)).findings

describe('what was sealed before there were secrets', () => {
  it('verifies as it is, every fix, judgement, action and audit entry of it', async () => {
    const { findings, fixes, records } = await verifyNow(database)
    expect(findings).toEqual([])
    expect(fixes).toEqual({ rows: 6, batches: 2, unsealed: 0, unproven: 0 })
    expect(records.filter(({ entries }) => entries === 1)).toHaveLength(8)
  })

  it('shows an alteration still, and which row it is', async () => {
    await database.store.execute('update fixes set lat = lat + 1e-12 where activation_id = 2 and seq = 1')
    await database.store.execute(`update near_misses set ended_at = ended_at + interval '1 ms'`)
    await database.store.execute('update audit_entries set salt = gen_random_uuid()')
    expect(await found()).toMatchObject([
      { kind: 'altered', table: 'near_misses' },
      { kind: 'altered', table: 'audit_entries' },
      { kind: 'altered', table: 'fixes', batch: { chain: 'ingest', kind: 'fixes', position: 2 } },
    ])
  })

  it('stands in one chain with what is sealed since; a secret of the same activation does not touch it', async () => {
    const ingest = await openStore({
      ...{ url: database.url, applicationName: 'ingest', poolSize: 1 },
      logger: createLogger({ name: 'test', level: 'silent' }),
    })
    const fixes = ['1', '2', '3', '4'].map(id => ({
      activationId: asId<ActivationId>(id),
      fix: aFix({ measuredAt: at + 120_000, seq: 2 }),
    }))
    await writeBatch(ingest, aBatch({ fixes }))
    await ingest.close()
    expect(await verifyNow(database)).toMatchObject({ findings: [], fixes: { rows: 10, batches: 3, unproven: 0 } })
    await database.store.execute(`update activation_secrets set secret = '' where activation_id = 2`)
    expect(await verifyNow(database)).toMatchObject({
      findings: [{ kind: 'altered', table: 'activation_secrets', row: expect.stringMatching(/^2\//) }],
      fixes: { unproven: 1 },
    })
  })
})
