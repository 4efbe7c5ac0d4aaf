import { ZONE_KINDS } from '@cordon/contract'
import { noBrokerAccounts } from '@cordon/live'
import { createError } from '@cordon/runtime'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enrol } from '../testing/enrol.ts'
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
    expect(order).toMatchObject({ status: 201, body: { from: '2026-01-01T00:00:00.000Z', risk: 'standard' } })
    const closely = await api.post('/orders', {
      wearerId: wearer.body.id,
      type: 'bail',
      from: '2026-01-01T00:00:00Z',
      risk: 'critical',
    })
    expect(closely).toMatchObject({ status: 201, body: { risk: 'critical' } })
    const zone = await api.post('/zones', { name: 'Home of V', kind: 'exclusion', geometry: circle(), buffer: 50 })
    expect(zone).toMatchObject({ status: 201, body: { version: 1, buffer: 50, geometry: circle() } })
    const before = Date.now()
    const condition = await api.post('/conditions', { orderId: order.body.id, zoneId: zone.body.id })
    expect(condition).toMatchObject({ status: 201, body: { wearerId: wearer.body.id, priority: 0 } })
    expect(Date.parse(condition.body.from)).toBeGreaterThanOrEqual(before)
    expect(gateway.live.configurations.length).toBeGreaterThan(0)
  })

  it('says which id is unknown', async () => {
    const { api } = gateway
    const from = '2026-01-01T00:00:00Z'
    const order = await api.post('/orders', { wearerId: '999', type: 'licence', from })
    expect(order).toMatchObject({ status: 422, body: { code: 'unknown-reference', field: '/wearerId' } })
    const wearer = await api.post('/wearers', { name: 'W', reference: 'X2' })
    const activation = await api.post('/activations', { wearerId: wearer.body.id, tagId: 'nowhere', from })
    expect(activation).toMatchObject({ status: 422, body: { code: 'unknown-reference', field: '/tagId' } })
    const condition = await api.post('/conditions', { orderId: '999', zoneId: '999' })
    expect(condition).toMatchObject({ status: 422, body: { code: 'unknown-reference', field: '/orderId' } })
    expect((await api.get('/wearers/9999999999999999999')).status).toBe(404)
    expect((await api.get('/wearers/x')).status).toBe(404)
  })

  it('refuses a reference, an id or a name that is taken', async () => {
    const { api } = gateway
    await api.post('/wearers', { name: 'W', reference: 'taken' })
    expect(await api.post('/wearers', { name: 'V', reference: 'taken' })).toMatchObject({
      status: 409,
      body: { code: 'conflict', field: '/reference' },
    })
    await api.post('/tags', { id: 'taken' })
    expect(await api.post('/tags', { id: 'taken' })).toMatchObject({ status: 409, body: { field: '/id' } })
  })
})

describe('a zone', () => {
  const zone = { name: 'Z', kind: 'exclusion', geometry: circle() }

  it('is refused with the reason and the place when its geometry is no area', async () => {
    const ring = [
      [-0.9, 52.2],
      [-0.8, 52.3],
      [-0.8, 52.2],
      [-0.9, 52.3],
      [-0.9, 52.2],
    ]
    const answer = await gateway.api.post('/zones', { ...zone, geometry: { type: 'Polygon', coordinates: [ring] } })
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid-geometry' } })
    expect(answer.body.field).toMatch(/^\/geometry\/coordinates/)
    expect(answer.body.problems[0]).toMatchObject({
      code: 'self-crossing',
      position: [expect.any(Number), expect.any(Number)],
    })
  })

  it('has versions that follow each other without a gap', async () => {
    const { api } = gateway
    const { body } = await api.post('/zones', zone)
    const replaced = await Promise.all(
      [400, 500, 600].map(radius =>
        api.call('PUT', `/zones/${body.id}`, { body: { ...zone, geometry: circle(radius) } }),
      ),
    )
    expect(replaced.map(({ status }) => status)).toEqual([200, 200, 200])
    const rows = await database.store.query<{ gapless: boolean }>(
      `select valid_to is not distinct from lead(valid_from) over (order by version) as gapless
       from zone_versions where zone_id = $1`,
      [body.id],
    )
    expect(rows).toEqual(Array.from({ length: 4 }, () => ({ gapless: true })))
    const versions = await api.get(`/zones/${body.id}/versions`)
    expect(versions.body.items.map(({ version }: { version: number }) => version)).toEqual([4, 3, 2, 1])
    expect((await api.get(`/zones/${body.id}`)).body).toMatchObject({ version: 4 })
  })

  it('keeps its kind', async () => {
    const { body } = await gateway.api.post('/zones', zone)
    const answer = await gateway.api.call('PUT', `/zones/${body.id}`, { body: { ...zone, kind: 'restriction' } })
    expect(answer).toMatchObject({ status: 409, body: { field: '/kind' } })
  })
})

describe('a condition', () => {
  const make = async (kind: string, order: { from?: string; to?: string } = {}) => {
    const { wearerId } = await enrol(gateway.api)
    const zone = await gateway.api.post('/zones', { name: 'Z', kind, geometry: circle() })
    const made = await gateway.api.post('/orders', { wearerId, type: 'bail', from: '2026-01-01T00:00:00Z', ...order })
    return { orderId: made.body.id, zoneId: zone.body.id }
  }

  it('is taken for a zone of any kind', async () => {
    for (const kind of ZONE_KINDS) {
      const answer = await gateway.api.post('/conditions', { ...(await make(kind)), priority: 2 })
      expect(answer).toMatchObject({ status: 201, body: { priority: 2 } })
    }
  })

  it('is taken with hours, and refused with every place in them that makes no sense and what to do there', async () => {
    const hours = {
      timeZone: 'Europe/London',
      weekly: [{ days: ['mon'], from: '19:00', to: '07:00' }],
      exceptions: [{ date: '2026-12-25', from: '00:00', to: '00:00', applies: false }],
    }
    expect(await gateway.api.post('/conditions', { ...(await make('inclusion')), hours })).toMatchObject({
      status: 201,
      body: { hours },
    })
    const { timeZone: _timeZone, ...bare } = hours
    const bad = { ...bare, timeZone: 'Europe/Northampton', exceptions: [...hours.exceptions, ...hours.exceptions] }
    const answer = await gateway.api.post('/conditions', { ...(await make('inclusion')), hours: bad })
    expect(answer).toMatchObject({
      status: 422,
      body: { code: 'invalid-hours', field: '/hours/timeZone', detail: expect.stringContaining('Europe/London') },
    })
    const fields = answer.body.problems.map(({ field }: { field: string }) => field)
    expect(fields).toEqual(['/hours/timeZone', '/hours/exceptions/1'])
  })

  it('is lifted by a pass, everywhere or in a corridor that must be an area', async () => {
    const { body: condition } = await gateway.api.post('/conditions', await make('exclusion'))
    const pass = {
      conditionId: condition.id,
      from: '2026-06-01T08:00:00.000Z',
      to: '2026-06-01T18:00:00.000Z',
      reason: 'work',
    }
    const corridor = circle(100)
    expect((await gateway.api.post('/passes', pass)).body).not.toHaveProperty('corridor')
    expect((await gateway.api.post('/passes', { ...pass, corridor })).body).toMatchObject({ ...pass, corridor })
    const listed = await gateway.api.get(`/passes?conditionId=${condition.id}`)
    expect(listed.body.items.filter((item: object) => 'corridor' in item)).toHaveLength(1)
    const far = await gateway.api.post('/passes', { ...pass, corridor: { ...corridor, center: [100, 0] } })
    expect(far).toMatchObject({ status: 422, body: { code: 'invalid-geometry' } })
    expect(far.body.field).toMatch(/^\/corridor/)
  })

  it('of an order that has ended is refused', async () => {
    const parts = await make('exclusion', { to: '2026-02-01T00:00:00Z' })
    expect(await gateway.api.post('/conditions', parts)).toMatchObject({ status: 409, body: { field: '/orderId' } })
  })

  it('is retroactive only when it says so, and can be ended', async () => {
    const from = '2026-03-01T00:00:00.000Z'
    const { body } = await gateway.api.post('/conditions', { ...(await make('exclusion')), from })
    expect(body.from).toBe(from)
    const to = '2026-04-01T00:00:00.000Z'
    expect(await gateway.api.call('PATCH', `/conditions/${body.id}`, { body: { to } })).toMatchObject({
      status: 200,
      body: { from, to },
    })
    const backwards = await gateway.api.call('PATCH', `/conditions/${body.id}`, {
      body: { to: '2026-01-01T00:00:00Z' },
    })
    expect(backwards).toMatchObject({ status: 409, body: { field: '/to' } })
  })
})

describe('an activation', () => {
  it('never overlaps another of the same tag, also when two come at once; a wearer may have two tags', async () => {
    const { api } = gateway
    const { wearerId } = await enrol(api)
    await api.post('/tags', { id: 'shared' })
    const fit = (from: string, to?: string) =>
      api.post('/activations', { wearerId, tagId: 'shared', from, ...(to !== undefined && { to }) })
    const both = await Promise.all([fit('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'), fit('2026-01-15T00:00:00Z')])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    const next = await fit('2027-01-01T00:00:00Z')
    expect([201, 409]).toContain(next.status)
    const listed = await api.get('/activations?tagId=shared')
    for (const [later, earlier] of listed.body.items
      .slice(1)
      .map((item: unknown, i: number) => [listed.body.items[i], item])) {
      expect(Date.parse(earlier.to)).toBeLessThanOrEqual(Date.parse(later.from))
    }
    await api.post('/tags', { id: 'second' })
    expect((await api.post('/activations', { wearerId, tagId: 'second', from: '2026-01-01T00:00:00Z' })).status).toBe(
      201,
    )
  })
})

describe('a tag', () => {
  it('is not made when the broker does not take its account', async () => {
    const removed: string[] = []
    const refusing = await startTestGateway(database.store, {
      accounts: {
        ...noBrokerAccounts,
        putTag: () => Promise.reject(createError('broker-unavailable', 'the broker does not answer')),
        remove: name => Promise.resolve(void removed.push(name)),
      },
    })
    expect(await refusing.api.post('/tags', { id: 'unlucky' })).toMatchObject({
      status: 503,
      body: { code: 'broker-unavailable' },
    })
    expect(removed).toEqual(['unlucky'])
    expect((await refusing.api.get('/tags/unlucky')).status).toBe(404)
    await refusing.stop()
  })

  it('of OwnTracks is user and device, with its slash encoded in addresses', async () => {
    const { api } = gateway
    expect((await api.post('/tags', { id: 'anne/phone', protocol: 'owntracks' })).status).toBe(201)
    expect((await api.get('/tags/anne%2Fphone')).body).toMatchObject({ id: 'anne/phone' })
    expect((await api.post('/tags', { id: 'anne/tag' })).status).toBe(400)
    expect((await api.post('/tags', { id: 'no.dots' })).status).toBe(400)
    const forwarder = await api.post('/forwarders', { id: 'main', source: 'traccar' })
    expect(forwarder).toMatchObject({ status: 201, body: { username: 'forwarder.main' } })
  })
})
