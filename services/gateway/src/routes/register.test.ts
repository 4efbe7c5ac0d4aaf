import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const circle = (radius = 300) => ({ type: 'Circle', center: [-0.9027, 52.2405], radius })

describe('the register', () => {
  it('takes a wearer, tag, order, activation, zone and condition as the documents say', async () => {
    const { api } = gateway
    const wearer = await api.post('/wearers', { name: "Anne O'Brien", reference: 'X1', mappaLevel: 2, flags: ['iom'] })
    expect(wearer).toMatchObject({ status: 201, body: { name: "Anne O'Brien", mappaLevel: 2, flags: ['iom'] } })
    expect(wearer.body).not.toHaveProperty('mappaCategory')
    const tag = await api.post('/tags', { id: 'tag-1' })
    expect(tag).toMatchObject({ status: 201, body: { id: 'tag-1', username: 'tag-1', protocol: 'cordon' } })
    expect(Buffer.from(tag.body.password, 'base64url')).toHaveLength(24)
    const order = await api.post('/orders', { wearerId: wearer.body.id, type: 'licence', from: '2026-01-01T00:00:00Z' })
    expect(order).toMatchObject({ status: 201, body: { from: '2026-01-01T00:00:00.000Z' } })
    const zone = await api.post('/zones', { name: 'Home of V', kind: 'exclusion', geometry: circle(), buffer: 50 })
    expect(zone).toMatchObject({ status: 201, body: { version: 1, buffer: 50, geometry: circle() } })
    const before = Date.now()
    const condition = await api.post('/conditions', { orderId: order.body.id, zoneId: zone.body.id })
    expect(condition).toMatchObject({ status: 201, body: { wearerId: wearer.body.id, priority: 0 } })
    expect(Date.parse(condition.body.from)).toBeGreaterThanOrEqual(before)
    expect(gateway.live.configurations.length).toBeGreaterThan(0)
  })
})
