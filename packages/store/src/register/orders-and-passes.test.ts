import { aMonitoredWearer, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertOrder } from './insert-order.ts'
import { insertPass } from './insert-pass.ts'
import { listOrders } from './list-orders.ts'
import { listPasses } from './list-passes.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const period = { from: '2026-11-22T06:00:00.000Z', to: '2026-11-23T06:00:00.000Z' }

it('an order has the risk that it was given, or the standard one', async () => {
  const { store } = database
  const { wearerId } = await aMonitoredWearer(store)
  const high = await insertOrder(store, { wearerId, type: 'bail', ...period, risk: 'high' })
  expect(high).toMatchObject({ risk: 'high' })
  await insertOrder(store, { wearerId, type: 'bail', ...period })
  const { items } = await listOrders(store, { wearerId, caseload: undefined }, { limit: 10 })
  expect(items.map(({ risk }) => risk)).toEqual(['standard', 'high', 'standard'])
  const wrong = store.execute(`update orders set risk = 'odd' where id = $1`, [high.id])
  await expect(wrong).rejects.toMatchObject({ code: '23514' })
})

it('a pass may have a corridor', async () => {
  const { store } = database
  const { conditionId } = await aMonitoredWearer(store)
  const corridor = { type: 'Circle' as const, center: [-0.9, 52.2] as [number, number], radius: 40 }
  const given = await insertPass(store, { conditionId, ...period, reason: 'by bus', corridor }, 'kim')
  expect(given).toMatchObject({ corridor, createdBy: 'kim' })
  await insertPass(store, { conditionId, ...period, reason: 'hospital' }, 'kim')
  const { items } = await listPasses(store, { conditionId, caseload: undefined }, { limit: 10 })
  expect(items.map(pass => pass.corridor)).toEqual([undefined, corridor])
})
