import { readFileSync } from 'node:fs'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

it('of every table docs/keeping.md says how long its rows are kept, and what an erasure does with them', async () => {
  const page = readFileSync(new URL('../../../../docs/keeping.md', import.meta.url), 'utf8')
  const named = new Set(page.match(/(?<=^\|[^|]*)`[a-z_]+`/gm)?.map(name => name.slice(1, -1)))
  const rows = await database.store.query<{ name: string }>(
    `select table_name::text as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.map(({ name }) => name).filter(name => !named.has(name))).toEqual([])
})
