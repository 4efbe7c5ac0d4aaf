import { createLogger, sleep } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../connection/open-store.ts'
import type { Store } from '../connection/store.ts'
import { holdLine, type Line } from './hold-line.ts'

const logger = createLogger({ name: 'test', level: 'silent' })
let database: TestDatabase
let store: Store
const lines: Line[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  store = await openStore({ url: database.url, applicationName: 'test', logger })
})
afterEach(async () => {
  await Promise.all(lines.splice(0).map(line => line.stop()))
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

function aLine(instance: string) {
  const taken: string[] = []
  const line = holdLine({ url: database.url, instance, logger, onTaken: ({ message }) => taken.push(message) })
  lines.push(line)
  return { line, taken }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 20_000; waited += 20) await sleep(20)
  expect(isSo()).toBe(true)
}

const endSession = (instance: string) =>
  store.execute('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
    `${instance} line`,
  ])

describe('holdLine', () => {
  it('is held by one at a time, and the next one has it when the first ends', async () => {
    const first = aLine('one')
    expect(await first.line.turn).toBe(true)
    const second = aLine('two')
    await sleep(300)
    expect(second.line.isHeld()).toBe(false)
    await first.line.stop()
    expect(await second.line.turn).toBe(true)
    expect(first.line.isHeld()).toBe(false)
  })

  it('lets a transaction commit only while it is held', async () => {
    const { line } = aLine('one')
    await line.turn
    const fenced = line.fence(store)
    const write = () =>
      fenced.transaction(inside => inside.execute(`insert into audit_entries (who, what) values ('me', 'test')`))
    expect(await write()).toBe(1)
    await line.stop()
    await expect(write()).rejects.toMatchObject({ code: 'database-unavailable' })
  })

  it('undoes the transaction of one that lost the line without knowing it yet', async () => {
    const { line } = aLine('one')
    await line.turn
    const written = line.fence(store).transaction(async inside => {
      await inside.execute(`insert into audit_entries (who, what) values ('me', 'under way')`)
      return 'committed'
    })
    expect(await written).toBe('committed')
    const tokenLost = line.fence({
      ...store,
      transaction: async work => {
        await endSession('one')
        return store.transaction(work)
      },
    })
    await expect(
      tokenLost.transaction(inside =>
        inside.execute(`insert into audit_entries (who, what) values ('me', 'too late')`),
      ),
    ).rejects.toMatchObject({ code: 'database-unavailable' })
    expect(await store.query(`select 1 from audit_entries where what = 'too late'`)).toEqual([])
  })

  it('takes it again after its connection was lost, if nobody had it meanwhile', async () => {
    const { line, taken } = aLine('one')
    await line.turn
    await endSession('one')
    await until(() => !line.isHeld())
    await until(() => line.isHeld())
    expect(taken).toEqual([])
  })

  it('waits for the last transactions of whoever had it before', async () => {
    const first = aLine('one')
    await first.line.turn
    let finish: () => void = () => undefined
    const done: string[] = []
    const writing = first.line
      .fence(store)
      .transaction(async inside => {
        await inside.execute('select 1')
        await new Promise<void>(resolve => {
          finish = resolve
        })
      })
      .then(() => done.push('written'))
    await sleep(100)
    const second = aLine('two')
    void second.line.turn.then(() => done.push('next turn'))
    await first.line.stop()
    await sleep(1_500)
    expect(done).toEqual([])
    finish()
    await writing
    await second.line.turn
    expect(done).toEqual(['written', 'next turn'])
  })

  it('ends for good when somebody else has had it', async () => {
    const first = aLine('one')
    await first.line.turn
    const second = aLine('two')
    await sleep(200)
    // the second one tries every second; the first comes again after 100 ms at least
    for (let tries = 0; tries < 50 && first.taken.length === 0; tries++) {
      await endSession('one')
      await sleep(300)
    }
    expect(first.taken).toHaveLength(1)
    expect(await second.line.turn).toBe(true)
  })
})
