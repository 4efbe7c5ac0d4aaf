import { asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../connection/open-store.ts'
import type { Store } from '../connection/store.ts'
import { verifyNow } from '../testing/verify-now.ts'
import type { ActivationFix } from '../write/batch.ts'
import { writeBatch } from '../write/write-batch.ts'

let database: TestDatabase
let ingests: readonly Store[]
const logger = createLogger({ name: 'test', level: 'silent' })
/** Also those of which one does not know what the other has written: a restart, or two by mistake. */
const NAMES = ['ingest-1', 'ingest-1', 'ingest-2']

beforeAll(async () => {
  database = await createTestDatabase()
  ingests = await Promise.all(
    NAMES.map(async applicationName => {
      const store = await openStore({ url: database.url, applicationName, logger, poolSize: 2 })
      // every batch is one for COPY: duplicates have to be met
      return { ...store, copyGate: { isOpen: () => true, passed: () => undefined, shut: () => undefined } }
    }),
  )
})
afterAll(async () => {
  for (const ingest of ingests) await ingest.close()
  await database.drop()
})

/** Few values, so that identities meet: the same fix always says the same. */
const anyFix = fc
  .record({ activation: fc.integer({ min: 1, max: 3 }), minute: fc.nat({ max: 5 }), seq: fc.nat({ max: 1 }) })
  .map(({ activation, minute, seq }): ActivationFix => {
    const measuredAt = Date.UTC(2026, 10, 22) + minute * 60_000
    return { activationId: asId(String(activation)), fix: aFix({ measuredAt, seq, lon: activation + minute / 7 }) }
  })
const anyBatch = fc.record({
  by: fc.nat({ max: NAMES.length - 1 }),
  fixes: fc.array(anyFix, { minLength: 1, maxLength: 12 }),
  /** What the process gets to know of the commit: all, or nothing and it writes the batch again. */
  isAnswerLost: fc.boolean(),
})
const identity = ({ activationId, fix }: ActivationFix) => `${activationId}/${fix.measuredAt}/${fix.seq}`

describe('the chains', () => {
  it('hold every fix once and nothing else, whoever writes what how often, and any row taken away is missed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBatch, { minLength: 1, maxLength: 12 }), fc.nat(), async (batches, victim) => {
        await database.store.execute('truncate fixes, chains, chain_links, chain_entries, activation_secrets')
        for (const ingest of ingests) ingest.chain.forget()
        for (const { by, fixes, isAnswerLost } of batches) {
          const store = ingests[by] ?? database.store
          await writeBatch(store, aBatch({ fixes }))
          if (isAnswerLost) await writeBatch(store, aBatch({ fixes }))
        }
        const distinct = new Set(batches.flatMap(({ fixes }) => fixes.map(identity))).size
        expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: distinct, unsealed: 0 } })
        await database.store.execute(
          'delete from fixes where ctid = (select ctid from fixes order by measured_at, activation_id, seq offset $1 limit 1)',
          [victim % distinct],
        )
        expect((await verifyNow(database)).findings).toMatchObject([{ kind: 'missing', table: 'fixes' }])
      }),
      { numRuns: 15 },
    )
  }, 120_000)

  it('are not forked by two processes of one name that write at once', async () => {
    await database.store.execute('truncate fixes, chains, chain_links, chain_entries, activation_secrets')
    for (const ingest of ingests) ingest.chain.forget()
    const write = (store: Store, activation: number) => async () => {
      for (let seq = 0; seq < 10; seq++) {
        const measuredAt = Date.UTC(2026, 10, 22) + seq * 60_000
        await writeBatch(
          store,
          aBatch({ fixes: [{ activationId: asId(String(activation)), fix: aFix({ measuredAt, seq }) }] }),
        )
      }
    }
    await Promise.all(ingests.map((store, index) => write(store, index + 1)()))
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 30, batches: 30 } })
    const chains = await database.store.query<{ name: string; links: number }>(
      `select name, (select count(*)::int - 1 from chain_links where chain_id = chains.id) as links from chains where kind = 'fixes' order by name`,
    )
    expect(chains).toEqual([
      { name: 'ingest-1', links: 20 },
      { name: 'ingest-2', links: 10 },
    ])
  }, 60_000)
})
