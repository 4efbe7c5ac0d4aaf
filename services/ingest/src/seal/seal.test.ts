import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asId } from '@cordon/contract'
import { createLogger, systemClock } from '@cordon/runtime'
import { insertAuditEntry, writeBatch } from '@cordon/store'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/start-ingest.ts'
import { startAnchors } from './start-anchors.ts'
import { startSealer } from './start-sealer.ts'

let database: TestDatabase
let folder: string
const logger = createLogger({ name: 'test', level: 'silent' })
const clock = systemClock
beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'cordon-anchors-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

describe('what people do', () => {
  it('is sealed by itself, once, whichever of two ingests comes first, and also what is committed out of order', async () => {
    const { store } = database
    const stops = [startSealer({ store, clock, logger }), startSealer({ store, clock, logger })]
    const entered = async () =>
      (await store.query<{ key: string }>(`select key from chain_entries where relation = 'audit_entries'`)).map(row =>
        Number(row.key),
      )
    const who = (what: string) => ({ who: 'kim', what })
    await store.transaction(async slow => {
      await insertAuditEntry(slow, who('first'))
      await insertAuditEntry(store, who('second'))
      await until(async () => (await entered()).length === 1, 'the second was sealed while the first was not committed')
    })
    await until(async () => (await entered()).length === 2, 'the first was sealed')
    for (const stop of stops) await stop()
    expect((await entered()).sort((a, b) => a - b)).toEqual([1, 2])
  })
})

describe('the ends of the chains', () => {
  it('are written to the file now and then, and at the end', async () => {
    const { store } = database
    const file = join(folder, 'anchors')
    const lines = async () => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(line => line !== '')
    const stop = startAnchors({ store, clock, logger, everyMs: 50, file })
    await until(async () => (await lines()).length > 0, 'there was an anchor')
    await writeBatch(store, aBatch({ fixes: [{ activationId: asId('1'), fix: aFix() }] }))
    await stop()
    const last = (await lines()).slice(-3).map(line => JSON.parse(line) as Record<string, unknown>)
    expect(last).toMatchObject([
      { chain: 'sealer', kind: 'records', position: expect.any(Number) },
      { chain: 'test', kind: 'fixes', position: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      { chain: 'test', kind: 'records', position: 1 }, // of the secret of the activation
    ])
  })
})
