import { createRegistry, noTracer, Registry, renderMetricsPage, systemClock } from '@cordon/runtime'
import { createStatementMeter } from '@cordon/store'
import { createFakeClock, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerGatewayMetrics } from './gateway-metrics.ts'
import { registerOpenIncidents } from './open-incident-metrics.ts'
import { enrol } from './testing/enrol.ts'
import { raiseIncident } from './testing/raise-incident.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from './testing/start-test-gateway.ts'
import { openStream } from './testing/stream-client.ts'

const registry = new Registry()
/** Of what is asked of the database at a scrape, and kept for 15 s. */
const clock = createFakeClock(0)
let database: TestDatabase
let gateway: TestGateway

beforeAll(async () => {
  createStatementMeter(registry, noTracer)
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store, { registry })
  const { stream } = gateway.gateway
  registerGatewayMetrics(registry, { store: database.store, stream, maxClients: 100, clock })
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const scrape = async (): Promise<string> => registry.metrics()
const samplesOf = (page: string) => page.split('\n').filter(line => line !== '' && !line.startsWith('#'))

describe('the metrics of a gateway', () => {
  it('are those of docs/metrics/gateway.md', async () => {
    const page = new URL('../../../docs/metrics/gateway.md', import.meta.url).pathname
    await expect(await renderMetricsPage('gateway', registry)).toMatchFileSnapshot(page)
  })

  it('tell of a pushed incident, of positions, of requests, and of what is open', async () => {
    const { api, base, live } = gateway
    const person = await enrol(api)
    const client = await openStream(base, { authorization: `Bearer ${ADMIN_TOKEN}` })
    client.say({ type: 'subscribe', positions: true, incidents: true })
    await client.until('snapshot')
    const raised = await raiseIncident(database.store, person)
    await client.until('incident', ({ incident }) => incident.id === raised)
    const at = new Date().toISOString()
    const rest = { accuracy: 5, source: 'gnss' as const, speed: null, heading: null, battery: null }
    live.publishPositions({ items: [{ ...person, time: at, receivedAt: at, lat: 52, lon: -1, ...rest }] })
    await client.until('positions')
    await api.get('/wearers/999999')
    await api.get('/nothing/of/the/kind')
    await client.close()
    clock.advance(15_000)
    const page = await scrape()
    for (const line of [
      'cordon_measured_to_pushed_seconds_count{what="incident"} 1',
      'cordon_committed_to_pushed_seconds_count 1',
      'cordon_received_to_pushed_seconds_count{what="position"} 1',
      'cordon_stream_pushed_total{what="incident"} 1',
      'cordon_http_requests_total{method="POST",route="/api/v1/wearers",status="201"} 1',
      'cordon_http_requests_total{method="GET",route="/api/v1/wearers/:id",status="404"} 1',
      'cordon_http_requests_total{method="GET",route="none",status="404"} 1',
      'cordon_incidents_open{severity="critical",age="5m"} 1',
      'cordon_incidents_unowned{severity="critical"} 1',
      'cordon_queue_limit{queue="stream-clients"} 100',
      'cordon_feed_state{feed="ingest"} 2',
    ])
      expect(page).toContain(line)
  })

  it('have few series however many addresses, ids and names are asked for', async () => {
    const { api } = gateway
    await api.get('/wearers/1')
    const before = samplesOf(await scrape()).length
    for (let n = 0; n < 60; n++) await Promise.all([api.get(`/wearers/${n}`), api.get(`/no-such-thing-${n}`)])
    // a few for what the gateway does of itself meanwhile
    expect(samplesOf(await scrape()).length - before).toBeLessThan(20)
  })

  it('say nothing of incidents while the database does not answer', async () => {
    const lonely = createRegistry('test')
    const away = { query: () => Promise.reject(new Error('away')), execute: () => Promise.reject(new Error('away')) }
    registerOpenIncidents(lonely, { database: away, clock: systemClock })
    const page = await lonely.metrics()
    expect(page).toContain('# TYPE cordon_incidents_open gauge')
    expect(page).not.toMatch(/^cordon_incidents_/m)
  })
})
