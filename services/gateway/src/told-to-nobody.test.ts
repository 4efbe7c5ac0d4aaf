import { createLogger, createRegistry, startTraces } from '@cordon/runtime'
import { createStatementMeter, openStore, type Store } from '@cordon/store'
import {
  type Collector,
  createTestDatabase,
  findSecrets,
  STORY_SECRETS,
  startCollector,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { raiseIncident } from './testing/raise-incident.ts'
import { anAccount, submit } from './testing/sign-in.ts'
import { startTestGateway } from './testing/start-test-gateway.ts'
import { openStream } from './testing/stream-client.ts'

const { wearerName, reference, zoneName, tagId, tagPassword, apiToken, note, lat, lon } = STORY_SECRETS
const lines: string[] = []
const logger = createLogger({ name: 'gateway', level: 'info', destination: { write: line => void lines.push(line) } })
let database: TestDatabase
let collector: Collector
let scraped = ''

beforeAll(async () => {
  ;[database, collector] = await Promise.all([createTestDatabase(), startCollector()])
  const registry = createRegistry('gateway')
  const { tracer, stop } = await startTraces({ url: collector.url, service: 'gateway', percent: 100, logger })
  const meter = createStatementMeter(registry, tracer)
  const store = await openStore({ url: database.url, applicationName: 'gateway', logger, meter })
  const gateway = await startTestGateway(store, { logger, registry, tracer, adminToken: apiToken })
  await tellTheStory(store, gateway)
  await gateway.stop()
  await store.close()
  await stop()
  scraped = await registry.metrics()
}, 120_000)
afterAll(async () => {
  await collector.stop()
  await database.drop()
})

type Started = Awaited<ReturnType<typeof startTestGateway>>

/** Everything that a person, a machine or a stranger can do well or badly, and a database that fails with the row in its hand. */
async function tellTheStory(store: Store, { base, as, live }: Started): Promise<void> {
  const api = as(apiToken)
  const wearer = await api.post('/wearers', { name: wearerName, reference })
  const wearerId = String(wearer.body.id)
  expect((await api.post('/wearers', { name: wearerName, reference })).status).toBe(409)
  await api.post('/wearers', { name: `${wearerName}\u0000`, reference: `${reference}\u0000` })
  await api.post('/wearers', { name: [wearerName], reference, [note]: note })
  await api.call('POST', '/wearers', { body: `{"name": "${wearerName}", "reference": ${reference}}` })
  await api.get(`/wearers?search=${encodeURIComponent(wearerName)}`)
  await api.get(`/wearers/${encodeURIComponent(reference)}`)
  await api.get(`/${encodeURIComponent(wearerName)}`)
  await api.post('/tags', { id: tagId })
  const from = '2026-01-01T00:00:00Z'
  const order = await api.post('/orders', { wearerId, type: 'licence', from })
  const activation = await api.post('/activations', { wearerId, tagId, from })
  const circle = { type: 'Circle', center: [lon, lat], radius: 300 }
  const zone = await api.post('/zones', { name: zoneName, kind: 'exclusion', geometry: circle })
  await api.post('/zones', { name: zoneName, kind: 'exclusion', geometry: { ...circle, center: [lat, lon, lat] } })
  await api.post('/zones', { name: zoneName, kind: 'exclusion', geometry: { ...circle, center: [lon * 20, lat] } })
  await api.post('/conditions', { orderId: order.body.id, zoneId: zone.body.id })
  const stream = await openStream(base, { authorization: `Bearer ${apiToken}` })
  stream.say({ type: 'subscribe', positions: true, incidents: true })
  await stream.until('snapshot')
  const person = { wearerId, orderId: String(order.body.id), tagId, activationId: String(activation.body.id) }
  const incident = await raiseIncident(database.store, person)
  await stream.until('incident', message => message.incident.id === incident)
  const at = new Date().toISOString()
  const more = { accuracy: 5, source: 'gnss' as const, speed: null, heading: null, battery: null }
  live.publishPositions({ items: [{ ...person, time: at, receivedAt: at, lat, lon, ...more }] })
  await stream.until('positions')
  stream.say(`not a message: ${wearerName}`)
  await stream.until('error')
  await api.post(`/incidents/${incident}/actions`, { type: 'note', text: note })
  await api.get(`/wearers/${wearerId}/track?from=${from}&to=${at}`)
  await signInBadly(base, api)
  await stream.close()
  await breakTheDatabase(store, api, wearerId)
}

async function signInBadly(base: string, api: ReturnType<Started['as']>): Promise<void> {
  await anAccount(api, 'operator-1', 'operator')
  expect((await submit(base, 'operator-1', tagPassword)).status).toBe(401)
  expect((await submit(base, tagPassword, wearerName)).status).toBe(401)
  await submit(base, `${wearerName}\u0000`, tagPassword)
  await openStream(base, { authorization: `Bearer ${apiToken}x` }).catch(() => undefined)
  await fetch(`${base}/api/v1/wearers`, {
    headers: { authorization: `Bearer ${apiToken}x`, cookie: `cordon_session=${tagPassword}` },
  })
}

/** Failures that are nobody's request's fault: what PostgreSQL says then holds values, and is answered with 500. */
async function breakTheDatabase(store: Store, api: ReturnType<Started['as']>, wearerId: string): Promise<void> {
  await database.store.execute(`create function refuse() returns trigger language plpgsql as $$
    begin raise exception 'no place for % % %', new.name, new.reference, new
      using errcode = 'XX000', detail = new.name, hint = new.reference; end $$`)
  await database.store.execute('create trigger refuse before insert on wearers for each row execute function refuse()')
  expect((await api.post('/wearers', { name: wearerName, reference: `${reference}-2` })).status).toBe(500)
  await database.store.execute('drop trigger refuse on wearers')
  await database.store.execute('alter table wearers rename column name to called')
  expect((await api.get(`/wearers/${wearerId}`)).status).toBe(500)
  expect(store.pool().open).toBeGreaterThan(0)
}

describe('everything that can be asked of a gateway, well and badly', () => {
  it('leaves no name, reference, coordinate, note, password or token in the log at its default level', () => {
    const log = lines.join('\n')
    expect(log.match(/"not answered"/g)?.length).toBeGreaterThanOrEqual(2)
    expect(findSecrets(log)).toEqual([])
  })

  it('leaves none in the traces, which hold requests with their statements, and pushes', () => {
    expect(findSecrets(collector.text())).toEqual([])
    const spans = collector.spans()
    const request = spans.find(
      ({ name, attributes }) => name === 'request' && attributeOf(attributes, 'status') === 409,
    )
    expect(attributeOf(request?.attributes ?? [], 'route')).toBe('/api/v1/wearers')
    const inside = spans.filter(({ traceId }) => traceId === request?.traceId).map(({ name }) => name)
    expect(inside).toEqual(expect.arrayContaining(['sql read-token', 'sql begin']))
    expect(spans.find(({ name }) => name === 'push incident')?.attributes.map(({ key }) => key)).toContain('cursor')
    expect(spans.map(({ name }) => name)).toContain('push positions')
  })

  it('leaves none in the metrics', () => {
    expect(scraped).toMatch(/cordon_database_errors_total\{class="XX"/)
    expect(findSecrets(scraped)).toEqual([])
  })
})

const attributeOf = (attributes: ReturnType<Collector['spans']>[number]['attributes'], name: string): unknown => {
  const value = attributes.find(({ key }) => key === name)?.value
  return value?.intValue ?? value?.stringValue
}
