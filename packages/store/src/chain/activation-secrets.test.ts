import { type ActivationId, asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../connection/open-store.ts'
import type { Store } from '../connection/store.ts'
import { verifyNow } from '../testing/verify-now.ts'
import { writeBatch } from '../write/write-batch.ts'

const at = Date.UTC(2026, 10, 22, 6)
let database: TestDatabase
const stores: Store[] = []
beforeEach(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close()
  await database.drop()
})

/** A process that writes, and the names of the statements that it sends. */
async function aWriter(name: string): Promise<{ readonly store: Store; readonly sent: string[] }> {
  const sent: string[] = []
  const store = await openStore({
    ...{ url: database.url, applicationName: name, poolSize: 2 },
    logger: createLogger({ name: 'test', level: 'silent' }),
    meter: (statement, run) => {
      sent.push(statement ?? '')
      return run()
    },
  })
  stores.push(store)
  return { store, sent }
}
const fixes = (minute: number, activations: readonly string[]) =>
  activations.map(id => ({
    activationId: asId<ActivationId>(id),
    fix: aFix({ measuredAt: at + minute * 60_000, seq: minute }),
  }))
const write = (store: Store, minute: number, activations: readonly string[]) =>
  writeBatch(store, aBatch({ fixes: fixes(minute, activations) }))
const secrets = () =>
  database.store.query<{ id: string; secret: Buffer }>(
    'select activation_id as id, secret from activation_secrets order by activation_id',
  )
const asked = (sent: string[]) => sent.splice(0).filter(name => name.includes('activation-secrets'))

describe('the secret of an activation', () => {
  it('is made with its first fix, and no other is like it', async () => {
    const { store } = await aWriter('ingest-1')
    await write(store, 0, ['7', '8'])
    await write(store, 1, ['7', '8', '9'])
    const made = await secrets()
    expect(made.map(({ id }) => id)).toEqual(['7', '8', '9'])
    expect(new Set(made.map(({ secret }) => secret.toString('hex'))).size).toBe(3)
    for (const { secret } of made) expect(secret).toHaveLength(32)
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 5, unproven: 0 } })
  })

  it('is asked for by the first batch that needs it, and by no later one', async () => {
    const { store, sent } = await aWriter('ingest-1')
    await write(store, 0, ['7', '8'])
    expect(asked(sent)).toEqual(['make-activation-secrets', 'read-activation-secrets'])
    await write(store, 1, ['7', '8'])
    await write(store, 2, ['8'])
    expect(asked(sent)).toEqual([])
    await write(store, 3, ['8', '9'])
    expect(asked(sent)).toHaveLength(2)
  })

  it('is the same for every writer, also when two come first at once', async () => {
    const writers = await Promise.all(['ingest-1', 'ingest-2', 'ingest-3'].map(aWriter))
    await Promise.all(writers.map(({ store }, minute) => write(store, minute, ['7', '8', '9'])))
    await Promise.all(writers.map(({ store }, minute) => write(store, 10 + minute, ['7', '8', '9'])))
    expect(await secrets()).toHaveLength(3)
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 18, unproven: 0 } })
  })

  it('of a batch that was undone was never there, and is made anew', async () => {
    const { store } = await aWriter('ingest-1')
    const watchStates = [{ activationId: asId('not a number'), judgedThrough: null, state: {} }]
    await expect(writeBatch(store, aBatch({ fixes: fixes(0, ['7']), watchStates } as never))).rejects.toThrow()
    expect(await secrets()).toEqual([])
    await write(store, 0, ['7'])
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 1, unproven: 0 } })
  })

  it('is not relied on when the database lost the batch that it was made with, in a fail-over say', async () => {
    const { store } = await aWriter('ingest-1')
    await write(store, 0, ['7'])
    await database.store.execute('create schema kept; create table kept.chain_links as table chain_links')
    await write(store, 1, ['8'])
    const lost = [
      ...['delete from fixes where activation_id = 8', 'delete from activation_secrets where activation_id = 8'],
      ...['delete from chain_entries where activation_id = 8', 'delete from chain_links'],
      'insert into chain_links table kept.chain_links',
    ]
    await database.store.execute(lost.join(';'))
    await write(store, 2, ['7', '8'])
    expect(await secrets()).toHaveLength(2)
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 3, unproven: 0 } })
  })

  it('is kept through a duplicate that COPY met', async () => {
    const { store, sent } = await aWriter('ingest-1')
    const copying: Store = {
      ...store,
      copyGate: { isOpen: () => true, passed: () => undefined, shut: () => undefined },
    }
    await write(copying, 0, ['7', '8'])
    asked(sent)
    expect(await write(copying, 0, ['7', '8'])).toMatchObject({ newFixes: 0 })
    expect(asked(sent)).toEqual([])
  })
})
