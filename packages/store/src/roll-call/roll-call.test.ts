import {
  aMonitoredWearer,
  anActivation,
  anOrder,
  aTag,
  aWearer,
  createTestDatabase,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listRollCall } from './list-roll-call.ts'
import { readRollCallFacts } from './read-roll-call-facts.ts'
import { readRollCallTime } from './read-roll-call-time.ts'
import { type RollCallEntry, replaceRollCall } from './replace-roll-call.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const now = Date.UTC(2026, 10, 22, 12)
const empty = { orderId: null, activationId: null, tagId: null, since: null, reason: null }
const list = async (limit = 10, caseload?: string) => (await listRollCall(database.store, caseload, { limit })).items

describe('the roll-call', () => {
  it('is what was found last, by kind of problem and by id, in pages and by caseload', async () => {
    const { store } = database
    const { wearerId, orderId, activationId, tagId } = await aMonitoredWearer(store)
    const other = await aMonitoredWearer(store)
    const about = { ...empty, wearerId, activationId, tagId, since: now - 60_000 }
    const entries: RollCallEntry[] = [
      { ...about, problem: 'known-silence', reason: 'charging' },
      { ...empty, problem: 'order-without-tag', wearerId: other.wearerId, orderId: other.orderId },
      { ...empty, problem: 'order-without-tag', wearerId, orderId },
    ]
    expect(await readRollCallTime(store)).toBeNull()
    await replaceRollCall(store, entries, now)
    expect(await readRollCallTime(store)).toBe(now)
    expect(await list()).toEqual([
      { problem: 'order-without-tag', wearerId, wearerName: 'A. Wearer', orderId },
      { problem: 'order-without-tag', wearerId: other.wearerId, wearerName: 'A. Wearer', orderId: other.orderId },
      {
        problem: 'known-silence',
        wearerId,
        wearerName: 'A. Wearer',
        activationId,
        tagId,
        since: new Date(now - 60_000).toISOString(),
        reason: 'charging',
      },
    ])
    const { items, next } = await listRollCall(store, undefined, { limit: 2 })
    expect(await listRollCall(store, undefined, { limit: 2, cursor: next ?? '' })).toMatchObject({ next: null })
    expect(items).toHaveLength(2)
    expect(await list(10, 'kim')).toEqual([])
    await store.execute(`update orders set officer = 'kim' where id = $1`, [orderId])
    expect(await list(10, 'kim')).toHaveLength(2)
  })

  it('is replaced as a whole, but not by one that was held earlier, and what stays is not written again', async () => {
    const { store } = database
    const { wearerId, activationId, orderId } = await aMonitoredWearer(store)
    const silent: RollCallEntry = { ...empty, problem: 'not-reporting', wearerId, activationId }
    const versionOf = async () =>
      (await store.query('select xmin::text from roll_call where subject_id = $1', [activationId]))[0]
    await replaceRollCall(store, [silent, { ...empty, problem: 'order-without-tag', wearerId, orderId }], now + 1)
    const before = await versionOf()
    await replaceRollCall(store, [silent], now + 2)
    expect(await versionOf()).toEqual(before)
    expect(await list()).toMatchObject([{ problem: 'not-reporting', activationId }])
    await replaceRollCall(store, [], now + 1)
    expect(await list()).toHaveLength(1)
    await replaceRollCall(store, [{ ...silent, since: now }], now + 2)
    expect(await list()).toMatchObject([{ since: new Date(now).toISOString() }])
    await replaceRollCall(store, [], now + 3)
    expect(await list()).toEqual([])
    await expect(replaceRollCall(store, [{ ...silent, activationId: null }], now + 4)).rejects.toThrow(
      'neither an order',
    )
  })

  it('is held on the orders and activations that are in force at that time', async () => {
    const { store } = database
    const [wearerId, tagId] = [await aWearer(store), await aTag(store)]
    const orderId = await anOrder(store, wearerId, { from: now, to: now + 10, risk: 'high' })
    const activationId = await anActivation(store, wearerId, tagId, { from: now + 5 })
    const at = async (time: number) => {
      const { orders, activations } = await readRollCallFacts(store, time)
      return [...orders, ...activations].filter(fact => fact.wearerId === wearerId)
    }
    const order = { orderId, wearerId, from: now, risk: 'high' }
    const activation = { activationId, wearerId, tagId, from: now + 5 }
    expect(await at(now - 1)).toEqual([])
    expect(await at(now)).toEqual([{ ...order, untaggedSince: null }])
    expect(await at(now + 9)).toEqual([
      { ...order, untaggedSince: null },
      { ...activation, unorderedSince: null },
    ])
    expect(await at(now + 10)).toEqual([{ ...activation, unorderedSince: now + 10 }])
  })
})
