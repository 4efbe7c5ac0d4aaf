import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLogger } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrate } from './migrate.ts'
import { readMigrations } from './read-migrations.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
let database: TestDatabase
let path: string
let folder: URL

beforeEach(async () => {
  database = await createTestDatabase({ empty: true })
  path = await mkdtemp(join(tmpdir(), 'cordon-migrations-'))
  folder = pathToFileURL(`${path}/`)
})
afterEach(async () => {
  await database.drop()
  await rm(path, { recursive: true })
})

const put = (name: string, sql: string) => writeFile(join(path, name), sql)
const run = () => migrate({ url: database.url, logger, folder })
const things = () => database.store.query('select name from things order by name')

describe('migrations', () => {
  it('of the package make the schema, and a second run finds nothing to do', async () => {
    const versions = (await readMigrations()).map(({ version }) => version)
    expect(versions).toContain(1)
    expect(await migrate({ url: database.url, logger })).toEqual(versions)
    expect(await migrate({ url: database.url, logger })).toEqual([])
    expect(await database.store.query('select * from incidents')).toEqual([])
  })

  it('are applied once, in order, by many starters at once', async () => {
    await put(
      '0001_things.sql',
      `create table things (name text); select pg_sleep(0.1); insert into things values ('one')`,
    )
    await put('0002_more.sql', `insert into things values ('two')`)
    const applied = await Promise.all(Array.from({ length: 5 }, run))
    expect(applied.flat().sort((a, b) => a - b)).toEqual([1, 2])
    expect(await things()).toEqual([{ name: 'one' }, { name: 'two' }])
  })

  it('go on where the database stands', async () => {
    await put('0001_things.sql', 'create table things (name text)')
    expect(await run()).toEqual([1])
    await put('0002_more.sql', `insert into things values ('two')`)
    expect(await run()).toEqual([2])
  })

  it('refuse a file that was changed after it had been applied', async () => {
    await put('0001_things.sql', 'create table things (name text)')
    await run()
    await put('0001_things.sql', 'create table things (name text) -- improved')
    await expect(run()).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('0001_things.sql'),
    })
  })

  it('refuse a database that is newer than the program', async () => {
    await put('0001_things.sql', 'create table things (name text)')
    await put('0002_more.sql', 'create table more (name text)')
    await run()
    await rm(join(path, '0002_more.sql'))
    await expect(run()).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('0002_more.sql'),
    })
  })

  it('leave nothing of a file that fails, and keep those before it', async () => {
    await put('0001_things.sql', 'create table things (name text)')
    await put('0002_broken.sql', `insert into things values ('half'); select 1 / 0`)
    await expect(run()).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('division by zero'),
    })
    expect(await things()).toEqual([])
    await put('0002_broken.sql', `insert into things values ('whole')`)
    expect(await run()).toEqual([2])
    expect(await things()).toEqual([{ name: 'whole' }])
  })

  it('refuse a gap in the numbers', async () => {
    await put('0002_things.sql', 'create table things (name text)')
    await expect(run()).rejects.toThrow('0002_things.sql stands where number 1 belongs')
  })

  it('say that there is no database', async () => {
    const missing = migrate({ url: 'postgres://postgres@127.0.0.1:1/none', logger })
    await expect(missing).rejects.toMatchObject({ code: 'database-unavailable' })
  })
})
