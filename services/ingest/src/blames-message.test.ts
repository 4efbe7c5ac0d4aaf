import { createError } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { blamesMessage } from './blames-message.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const errorOf = (sql: string) =>
  database.store.query(sql).then(
    () => undefined,
    (error: unknown) => error,
  )

describe('blamesMessage', () => {
  it.each([
    ['a value out of range', 'select 1 / 0'],
    ['a broken reference', `insert into orders (wearer_id, type, valid_from) values (9999, 'licence', now())`],
    ['text that is no JSON', `select '{'::jsonb`],
  ])('%s is the message’s fault', async (_what, sql) => {
    expect(blamesMessage(await errorOf(sql))).toBe(true)
  })

  it.each([
    ['a table that is not there', 'select * from nowhere'],
    ['a statement that takes too long', `set statement_timeout = 1; select pg_sleep(1)`],
    ['a session that is ended', 'select pg_terminate_backend(pg_backend_pid())'],
  ])('%s is not', async (_what, sql) => {
    const error = await errorOf(sql)
    expect(error).toBeInstanceOf(Error)
    expect(blamesMessage(error)).toBe(false)
  })

  it('holds an error of our own code against the message, and an outage against nobody', () => {
    expect(blamesMessage(new RangeError('in the engine'))).toBe(true)
    expect(blamesMessage(createError('internal', 'in the store'))).toBe(true)
    expect(blamesMessage(createError('database-unavailable', 'away'))).toBe(false)
  })
})
