import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** Said by people, or counted by hand: versions of one policy, zone or schema, a place in one message, rows of one batch, partitions. */
const SMALL_BY_NATURE = [
  ...['conditions.priority', 'policies.version', 'zone_versions.version', 'incidents.zone_version'],
  ...['schema_migrations.version', 'quarantine.item_index', 'retention_rules.days', 'failed_sign_ins.failures'],
  ...['tags.credentials_version', 'forwarders.credentials_version'],
  ...['partition_leases.partition', 'ingest_members.partitions'],
  ...['chains.id', 'chain_links.chain_id', 'chain_links.rows', 'chain_entries.chain_id'],
]

describe('numbers that count what comes in', () => {
  it('have 64 bits: at England’s load 32 would be used up in 121 days', async () => {
    const rows = await database.store.query<{ column: string }>(
      `select table_name || '.' || column_name as column from information_schema.columns
        where table_schema = 'public' and data_type = 'integer' order by 1`,
    )
    expect(rows.map(({ column }) => column)).toEqual([...SMALL_BY_NATURE].sort())
  })

  it('are taken from sequences of 64 bits', async () => {
    const rows = await database.store.query<{ name: string; type: string }>(
      `select sequencename as name, data_type::text as type from pg_sequences where schemaname = 'public'`,
    )
    expect(rows.length).toBeGreaterThan(15)
    expect(rows.filter(({ type }) => type !== 'bigint')).toEqual([])
  })

  it('leave the database as text, exact to the last digit', async () => {
    const large = '9223372036854775807'
    expect(await database.store.query('select $1::bigint as id', [large])).toEqual([{ id: large }])
  })
})
