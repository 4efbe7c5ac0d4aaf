import { createLogger, createRegistry, noTracer, type Registry, sleep } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStatementMeter, registerPoolMetrics } from './meter-statements.ts'
import { openStore } from './open-store.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const open = (registry: Registry, url = database.url, poolSize = 2) =>
  openStore({ url, applicationName: 'test', logger, poolSize, meter: createStatementMeter(registry, noTracer) })

it('counts each statement by its name, its time, and its failure by class', async () => {
  const registry = createRegistry('test')
  const store = await open(registry)
  await store.query({ name: 'nap', text: 'select pg_sleep(0.05)' })
  await store.transaction(async inside => {
    await inside.execute({ name: 'nap', text: 'select pg_sleep(0.05)' })
  })
  await expect(store.query("select 'x'::int")).rejects.toThrow('invalid input syntax')
  await expect(store.transaction(inside => inside.query('select 1 / 0'))).rejects.toThrow('division by zero')
  await store.close()
  const page = await registry.metrics()
  const value = (line: string) => Number(new RegExp(`^${line} (.+)$`, 'm').exec(page)?.[1])
  expect(value('cordon_database_statements_total{statement="nap",service="test"}')).toBe(2)
  expect(value('cordon_database_statement_seconds_total{statement="nap",service="test"}')).toBeGreaterThan(0.09)
  expect(value('cordon_database_statements_total{statement="commit",service="test"}')).toBe(1)
  expect(value('cordon_database_errors_total{class="22",service="test"}')).toBe(2)
  expect(value('cordon_database_statement_seconds_count{service="test"}')).toBeGreaterThan(6)
})

it('counts a connection that fails as an error of no class', async () => {
  const registry = createRegistry('test')
  await expect(open(registry, 'postgres://nobody@127.0.0.1:9/nothing')).rejects.toThrow('cannot be used')
  expect(await registry.metrics()).toMatch(/cordon_database_errors_total\{class="none",service="test"\} [1-9]/)
})

it('tells the connections of the pool, and what waits for one', async () => {
  const registry = createRegistry('test')
  const store = await open(registry)
  registerPoolMetrics(registry, store)
  const work = [1, 2, 3].map(() => store.query('select pg_sleep(0.3)'))
  await sleep(100)
  const page = await registry.metrics()
  await Promise.all(work)
  await store.close()
  const value = (name: string) => Number(new RegExp(`^cordon_database_pool_${name}{.*} (.+)$`, 'm').exec(page)?.[1])
  expect(['connections', 'idle', 'waiting', 'limit'].map(value)).toEqual([2, 0, 1, 2])
})
