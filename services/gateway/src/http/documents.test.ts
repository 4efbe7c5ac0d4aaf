import { createCheck, ROUTES, type Route, type RouteName } from '@cordon/contract'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandlers } from '../routes/handlers.ts'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
let person: Enrolled
let incidentId: string
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
  person = await enrol(gateway.api, 'jane')
  incidentId = await raiseIncident(database.store, person)
  await database.store.query(
    `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, source, accuracy_m, satellites)
     values ($1, now(), 0, now(), 0, 52, 1, 6.1, 9)`,
    [person.activationId],
  )
  await database.store.query(
    `with raw as (insert into quarantine_payloads (digest, payload) values ('x', 'bytes') returning digest)
     insert into quarantine (digest, received_at, last_received_at, topic, code, field, detail, payload_digest)
     select 'x', now(), now(), 't', 'not-json', '', 'no JSON', digest from raw`,
  )
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

describe('the documents', () => {
  it('name exactly the routes that there are', async () => {
    const document = (await (await fetch(`${gateway.base}/api/openapi.json`)).json()) as { paths: object }
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter(method => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
        .map(method => `${method.toUpperCase()} ${path.replace('/api/v1', '')}`),
    )
    const routes: Route[] = Object.values(ROUTES)
    expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort())
    for (const entry of documented) {
      const [method = '', path = ''] = entry.split(' ')
      const { status } = await gateway.as('nobody').call(method, path.replace('{id}', '1'))
      expect([entry, status]).toEqual([entry, 401])
    }
  })

  it('of the stream and the broker are there as well', async () => {
    const document = await (await fetch(`${gateway.base}/api/asyncapi.json`)).json()
    expect(document).toMatchObject({ asyncapi: expect.stringMatching(/^3/) })
  })

  it('every route has a handler, and no handler is without a route', () => {
    const handlers = createHandlers({
      accounts: {} as never,
      keeper: {} as never,
      front: {} as never,
      store: {} as never,
      previewer: {} as never,
      clock: {} as never,
      site: {} as never,
      zoneLimits: {},
      webhookKey: undefined as never,
      onCredentialEnded: () => undefined,
    })
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(ROUTES).sort())
  })
})

describe('what is answered fits the schemas', () => {
  const zone = { name: 'Z', kind: 'exclusion', geometry: { type: 'Circle', center: [-0.9, 52.2], radius: 100 } }
  const span = 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'

  async function fits(name: RouteName, path: string, body?: object): Promise<Record<string, string>> {
    const route: Route = ROUTES[name]
    const answer = await gateway.api.call(route.method, path, body === undefined ? {} : { body })
    expect([name, answer.status]).toEqual([name, route.status])
    expect([name, createCheck(route.response)(answer.body)]).toEqual([name, true])
    return answer.body
  }

  it('when something is made', async () => {
    const { id: zoneId } = await fits('createZone', '/zones', zone)
    await fits('replaceZone', `/zones/${zoneId}`, zone)
    const { id: conditionId } = await fits('createCondition', '/conditions', { orderId: person.orderId, zoneId })
    const period = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', reason: 'hospital' }
    await fits('createPass', '/passes', { conditionId, ...period })
    await fits('createSuspension', '/suspensions', { wearerId: person.wearerId, ...period })
    await fits('endCondition', `/conditions/${conditionId}`, { to: '2030-01-01T00:00:00Z' })
    await fits('endActivation', `/activations/${person.activationId}`, { to: '2030-01-01T00:00:00Z' })
    await fits('createTag', '/tags', { id: 'made', model: 'M', protocol: 'traccar' })
    await fits('createForwarder', '/forwarders', { id: 'made', source: 'traccar' })
    await fits('createWearer', '/wearers', { name: 'W', reference: 'made', mappaCategory: 1, flags: ['youth'] })
    await fits('createAccount', '/accounts', { name: 'made', displayName: 'M', role: 'auditor' })
    await fits('createToken', '/tokens', { name: 'made', role: 'auditor', to: '2030-01-01T00:00:00Z' })
    await fits('createAction', `/incidents/${incidentId}/actions`, { type: 'note', text: 'seen' })
  })

  it.each([
    ['listWearers', '/wearers'],
    ['listPositions', '/positions'],
    ['listOrders', '/orders'],
    ['listConditions', '/conditions'],
    ['listZones', '/zones'],
    ['listTags', '/tags'],
    ['listForwarders', '/forwarders'],
    ['listActivations', '/activations'],
    ['listPasses', '/passes'],
    ['listSuspensions', '/suspensions'],
    ['listIncidents', '/incidents'],
    ['rollCall', '/roll-call'],
    ['listAudit', '/audit'],
    ['listQuarantine', '/quarantine'],
    ['listAccounts', '/accounts'],
    ['listTokens', '/tokens'],
  ] as const)('when %s lists', async (name, path) => {
    const { items } = await fits(name, path)
    if (name !== 'rollCall') expect(items?.length).toBeGreaterThan(0)
  })

  it('when one is read', async () => {
    await fits('readWearer', `/wearers/${person.wearerId}`)
    await fits('readTrack', `/wearers/${person.wearerId}/track?${span}`)
    await fits('readOrder', `/orders/${person.orderId}`)
    await fits('readTag', `/tags/${person.tagId}`)
    await fits('readIncident', `/incidents/${incidentId}`)
    await fits('listActions', `/incidents/${incidentId}/actions`)
    await fits('listZoneVersions', '/zones/1/versions')
    await fits('readZone', '/zones/1')
    await fits('readSession', '/session')
    await fits('readSite', '/site')
  })
})
