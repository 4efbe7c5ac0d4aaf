import { afterAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from './create-test-database.ts'

const databases: TestDatabase[] = []
afterAll(async () => {
  for (const database of databases) await database.drop()
})

async function open(options = {}): Promise<TestDatabase> {
  const database = await createTestDatabase(options)
  databases.push(database)
  return database
}

const insert = `insert into wearers (name, reference) values ('A', 'A1')`

describe('a test database', () => {
  it('has the schema, and what one test writes no other sees', async () => {
    const [one, two] = await Promise.all([open(), open()])
    await one.store.execute(insert)
    expect(await one.store.query('select name from wearers')).toEqual([{ name: 'A' }])
    expect(await two.store.query('select name from wearers')).toEqual([])
  })

  it('may be had without the schema', async () => {
    const { store } = await open({ empty: true })
    expect(await store.query(`select to_regclass('wearers') as wearers`)).toEqual([{ wearers: null }])
  })

  it('is gone when it was dropped', async () => {
    const doomed = await createTestDatabase()
    const { store } = await open()
    await doomed.drop()
    const name = new URL(doomed.url).pathname.slice(1)
    expect(await store.query('select from pg_database where datname = $1', [name])).toEqual([])
  })
})
