import { asId } from '@cordon/contract'
import { aBatch, aFix, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../connection/store.ts'
import { verifyNow } from '../testing/verify-now.ts'
import type { ActivationFix } from './batch.ts'
import { writeBatch } from './write-batch.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(() => database.store.execute('delete from fixes'))
afterAll(() => database.drop())

const at = Date.UTC(2026, 10, 22, 6)
const some = (from: number, count: number): ActivationFix[] =>
  Array.from({ length: count }, (_, index) => {
    const n = from + index
    const fix = aFix({ measuredAt: at + n * 1_000, seq: n, lon: n / 7, accuracyM: n % 3 === 0 ? null : 8, hdop: n / 3 })
    return { activationId: asId(String(1 + (n % 5))), fix }
  })

/** The store with a gate that lets every batch through, or none, and says how it fared. */
function withGate(isOpen: boolean): { readonly store: Store; readonly said: string[] } {
  const said: string[] = []
  const copyGate = {
    isOpen: () => isOpen && said.at(-1) !== 'shut',
    passed: () => void said.push('passed'),
    shut: () => void said.push('shut'),
  }
  return { store: { ...database.store, copyGate }, said }
}

const COLUMNS = `select activation_id, measured_at, seq, received_at, sent_at, lon, lat, accuracy_m, speed_mps, heading_deg, altitude_m, hdop,
  battery, satellites, source from fixes order by measured_at, seq`

describe('a batch of fixes by COPY', () => {
  it('stores what the other way stores, bit for bit', async () => {
    const fixes = some(0, 200)
    await writeBatch(withGate(true).store, aBatch({ fixes }))
    const copied = await database.store.query(COLUMNS)
    await database.store.execute('delete from fixes')
    await writeBatch(withGate(false).store, aBatch({ fixes }))
    expect(await database.store.query(COLUMNS)).toEqual(copied)
    expect(copied).toHaveLength(200)
  })

  it('that meets a fix which is there already is written the other way, once, with everything else in it', async () => {
    await writeBatch(withGate(true).store, aBatch({ fixes: some(0, 50) }))
    const { store, said } = withGate(true)
    const acks = [
      { tagId: asId('t'), ack: { commandId: 'c', measuredAt: at, receivedAt: at, result: 'ok', detail: null } },
    ]
    const written = await writeBatch(store, aBatch({ fixes: some(40, 20), acks } as never))
    expect(written.newFixes).toBe(10)
    expect(said).toEqual(['shut', 'shut'])
    expect(await database.store.query('select count(*)::int as n from fixes')).toEqual([{ n: 60 }])
    expect(await database.store.query('select command_id from command_acks')).toEqual([{ command_id: 'c' }])
  })

  it('holds a fix that is in it twice once', async () => {
    const { store, said } = withGate(true)
    const fixes = some(0, 20)
    expect(await writeBatch(store, aBatch({ fixes: [...fixes, ...fixes] }))).toMatchObject({ newFixes: 20 })
    expect(said).toEqual(['shut'])
  })

  it('leaves nothing behind, and the connection of use, when another part cannot be stored', async () => {
    const { store } = withGate(true)
    const watchStates = [{ activationId: asId('not a number'), judgedThrough: null, state: {} }]
    await expect(writeBatch(store, aBatch({ fixes: some(0, 20), watchStates } as never))).rejects.toMatchObject({
      code: '22P02',
    })
    expect(await database.store.query('select from fixes')).toEqual([])
    expect(await writeBatch(store, aBatch({ fixes: some(0, 20) }))).toMatchObject({ newFixes: 20 })
  })

  it('is sealed like any other', async () => {
    await database.store.execute('truncate chains, chain_links, chain_entries, activation_secrets')
    database.store.chain.forget()
    for (const from of [0, 30, 20]) await writeBatch(withGate(true).store, aBatch({ fixes: some(from, 30) }))
    expect(await verifyNow(database)).toMatchObject({ found: 0, fixes: { rows: 60, batches: 2 } })
  })
})
