import { createTestDatabase, dumpSchema, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const CHECKED_IN = new URL('../../schema.sql', import.meta.url).pathname

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('the schema', () => {
  it('is what schema.sql says, on plain PostgreSQL and on TimescaleDB alike', async () => {
    await expect(await dumpSchema(database.store)).toMatchFileSnapshot(CHECKED_IN)
  })

  it('is not taken for the same when a column, constraint, index, trigger or function differs', async () => {
    const original = await dumpSchema(database.store)
    const changes = [
      'alter table fixes add column extra integer',
      'alter table passes drop constraint passes_check',
      'drop index incidents_open',
      'drop trigger lock_log on incidents',
      'drop function refuse_overlapping_activation cascade',
      'alter table tags alter column model set not null',
    ]
    for (const change of changes) {
      const changed = database.store.transaction(async inside => {
        await inside.execute(change)
        throw new Error(await dumpSchema(inside)) // and undo it
      })
      const dump = await changed.catch((thrown: unknown) => (thrown as Error).message)
      expect(dump, change).toContain('create table accounts')
      expect(dump, change).not.toBe(original)
    }
  })
})
