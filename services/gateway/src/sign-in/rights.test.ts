import { ROLE_RIGHTS, ROLES, ROUTES, type Role, type Route } from '@cordon/contract'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../testing/api.ts'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

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

describe('rights', () => {
  it.each(ROLES)('%s may do what its rights say, and nothing else', async role => {
    const api = gateway.as(await gateway.token(role))
    for (const route of Object.values(ROUTES as Record<string, Route>)) {
      if (route.right === null) continue
      const { status } = await api.call(route.method, route.path.replace('{id}', '424242'), {
        ...(route.body && { body: {} }),
      })
      const may = ROLE_RIGHTS[role as Role].includes(route.right)
      expect([route.method, route.path, status === 403]).toEqual([route.method, route.path, !may])
    }
  })
})

describe('an API token', () => {
  it('is kept as a hash only, and shown once', async () => {
    const { body } = await gateway.api.post('/tokens', { name: 'kept', role: 'read-only' })
    expect(Buffer.from(body.token, 'base64url')).toHaveLength(24)
    const rows = await database.store.query("select name, encode(token_hash, 'escape') as hash from api_tokens")
    expect(JSON.stringify(rows)).not.toContain(body.token)
    expect(JSON.stringify((await gateway.api.get('/tokens')).body)).not.toContain(body.token)
  })

  it('is good until it is revoked or has run out', async () => {
    const { body } = await gateway.api.post('/tokens', { name: 'short', role: 'read-only' })
    const api = gateway.as(body.token)
    expect((await api.get('/session')).body).toMatchObject({ name: 'token:short' })
    expect((await gateway.api.call('DELETE', `/tokens/${body.id}`)).status).toBe(204)
    expect((await api.get('/session')).status).toBe(401)
    const past = await gateway.api.post('/tokens', { name: 'past', role: 'read-only', to: '2026-01-01T00:00:00Z' })
    expect((await gateway.as(past.body.token).get('/session')).status).toBe(401)
  })

  it('of the environment is replaced by another one there, and its name is nobody else’s', async () => {
    const other = 'another-administrator-token-0123456789ab'
    expect((await gateway.api.post('/tokens', { name: 'CORDON_ADMIN_TOKEN', role: 'read-only' })).status).toBe(400)
    const second = await startTestGateway(database.store, { adminToken: other })
    expect((await second.as(other).get('/session')).status).toBe(200)
    expect((await second.as(ADMIN_TOKEN).get('/session')).status).toBe(401)
    await second.stop()
    await database.store.query('delete from api_tokens')
    await (await startTestGateway(database.store)).stop()
    expect((await gateway.api.get('/session')).status).toBe(200)
  })
})

describe('the name of the engine', () => {
  const refused = { status: 422, body: { code: 'reserved-name', field: '/name' } }

  it.each(['cordon', 'Cordon', 'CORDON', ' cordon '])('%j is no token’s', async name => {
    expect(await gateway.api.post('/tokens', { name, role: 'operator' })).toMatchObject(refused)
  })

  it('is no account’s, and an account’s name has no capitals', async () => {
    const account = { displayName: 'C', role: 'operator' }
    expect(await gateway.api.post('/accounts', { name: 'cordon', ...account })).toMatchObject(refused)
    expect(await gateway.api.post('/accounts', { name: 'Cordon', ...account })).toMatchObject({
      status: 400,
      body: { code: 'invalid-body', field: '/name' },
    })
    expect(await gateway.api.post('/accounts', { name: 'cordon.smith', ...account })).toMatchObject({ status: 201 })
  })
})

describe('an officer', () => {
  let own: Enrolled
  let other: Enrolled
  let officer: Api
  beforeAll(async () => {
    await anAccount(gateway.api, 'jane', 'officer')
    own = await enrol(gateway.api, 'jane')
    other = await enrol(gateway.api, 'somebody.else')
    for (const person of [own, other]) {
      await raiseIncident(database.store, person)
      const geometry = { type: 'Circle', center: [-0.9, 52.2], radius: 100 }
      const zone = await gateway.api.post('/zones', { name: 'Z', kind: 'exclusion', geometry })
      await gateway.api.post('/conditions', { orderId: person.orderId, zoneId: zone.body.id })
      await database.store.query(
        'insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, source) values ($1, now(), 0, now(), 0, 52, 0)',
        [person.activationId],
      )
    }
    officer = await signedIn(gateway.base, 'jane')
  })

  it.each(['/wearers', '/orders', '/conditions', '/zones', '/tags', '/activations', '/incidents', '/positions'])(
    'sees in %s what belongs to the caseload, and nothing else',
    async path => {
      const [mine, all] = await Promise.all([officer.get(path), gateway.api.get(path)])
      expect(mine.body.items).toHaveLength(1)
      expect(all.body.items.length).toBeGreaterThan(1)
      expect(JSON.stringify(mine.body)).not.toContain(other.tagId)
    },
  )

  it('gets for somebody else’s wearer the answer for one that does not exist', async () => {
    const query = '?from=2026-06-01T12:00:00Z&to=2026-06-01T13:00:00Z'
    for (const path of ['', `/track${query}`]) {
      expect((await officer.get(`/wearers/${own.wearerId}${path}`)).status).toBe(200)
      expect((await officer.get(`/wearers/${other.wearerId}${path}`)).status).toBe(404)
    }
    const theirs = (await gateway.api.get(`/incidents?wearerId=${other.wearerId}`)).body.items[0]
    expect((await officer.get(`/incidents/${theirs.id}`)).status).toBe(404)
    expect((await officer.get(`/incidents/${theirs.id}/actions`)).status).toBe(404)
    expect((await officer.post(`/incidents/${theirs.id}/actions`, { type: 'acknowledge' })).status).toBe(404)
  })

  it('sees a wearer no more when the order has ended', async () => {
    await database.store.query('update orders set valid_to = now() where id = $1', [own.orderId])
    expect((await officer.get('/wearers')).body.items).toEqual([])
  })
})
