import { createLogger } from '@cordon/runtime'
import { listIncidents, openStore, type Store } from '@cordon/store'
import { createTestDatabase, type Relay, startRelay, type TestDatabase, through } from '@cordon/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'
import { openStream, type StreamClient } from '../testing/stream-client.ts'

const LASTING_MS = 1_500

let database: TestDatabase
let relay: Relay
let store: Store
let gateway: TestGateway
let own: Enrolled
let other: Enrolled
const clients: StreamClient[] = []

/** A gateway that reaches its database over a stretch of network that the test cuts. */
beforeAll(async () => {
  database = await createTestDatabase()
  relay = await startRelay(Number(new URL(database.url).port))
  const logger = createLogger({ name: 'test', level: 'silent' })
  store = await openStore({
    url: through(relay, database.url),
    applicationName: 'cut',
    logger,
    connectTimeoutMs: 3_000,
  })
  gateway = await startTestGateway(store, { streamTimings: { lasting: LASTING_MS } })
  await anAccount(gateway.api, 'jane', 'officer')
  own = await enrol(gateway.api, 'jane')
  other = await enrol(gateway.api)
}, 120_000)
afterAll(async () => {
  relay.set('carries')
  await Promise.all(clients.map(client => client.close()))
  await gateway.stop()
  await store.close()
  await relay.stop()
  await database.drop()
})

let beating: NodeJS.Timeout
beforeEach(() => {
  relay.set('carries')
  beat()
  beating = setInterval(beat, 200)
})
afterEach(() => clearInterval(beating))

/** A gateway that has just had its database back, on a busy machine, may let in a moment later. */
async function open(headers: Record<string, string>): Promise<StreamClient> {
  for (const deadline = Date.now() + 30_000; ; await new Promise(resolve => setTimeout(resolve, 250))) {
    const client = await openStream(gateway.base, headers).catch((error: unknown) => {
      if (Date.now() > deadline) throw error
    })
    if (client !== undefined) return client
  }
}

async function listen(headers: Record<string, string>): Promise<StreamClient> {
  const client = await open(headers)
  clients.push(client)
  client.say({ type: 'subscribe', positions: true, incidents: true })
  await client.until('snapshot')
  return client
}

const alertOf = ({ wearerId, activationId }: Enrolled, episodeId: string) => ({
  ...{ episodeId, wearerId, activationId, zoneId: null, severity: 'critical' as const, position: null, endedAt: null },
  ...{ kind: 'strap-tamper' as const, certainty: 'confirmed' as const, reason: 'The strap was cut.' },
  ...{ happenedAt: new Date().toISOString(), notRecordedSince: new Date().toISOString() },
})
const beat = () =>
  gateway.live.publishSystem({
    ...{
      ingest: 'ingest-1',
      at: new Date().toISOString(),
      lagSeconds: 0,
      fixesPerSecond: 1,
      inFlight: 0,
      database: true,
    },
  })
const faults = async () =>
  (await listIncidents(database.store, { state: 'all', caseload: undefined }, { limit: 100 })).items.filter(
    ({ part }) => part === 'database',
  )

describe('while the database is away', () => {
  it('clients stay, are told so, and see what is not yet recorded of their own wearers; then it is the incident, once', async () => {
    const operator = await listen({ authorization: `Bearer ${ADMIN_TOKEN}` })
    const { cookie } = await signedIn(gateway.base, 'jane')
    const officer = await listen({ cookie, origin: gateway.base })
    await operator.until('system', ({ feeds }) => feeds.ingest?.state === 'up')
    relay.set('refuses')
    await operator.until('system', ({ feeds }) => feeds.database?.state === 'down')
    gateway.live.publishProvisional({
      ...{ ingest: 'ingest-1', leftOut: 0, alerts: [alertOf(own, 'of-own'), alertOf(other, 'of-other')] },
    })
    const ids = (message: { readonly items: readonly { readonly episodeId: string }[] }) =>
      message.items.map(({ episodeId }) => episodeId)
    const seen = await operator.until('provisional', ({ items }) => items.length > 0)
    expect(ids(seen)).toEqual(['of-own', 'of-other'])
    expect(ids(await officer.until('provisional', ({ items }) => items.length > 0))).toEqual(['of-own'])

    // Who subscribes anew meanwhile stays, and gets what was asked for when it can be given.
    officer.say({ type: 'subscribe', incidents: true })
    await officer.until('error', ({ code }) => code === 'database-unavailable')
    await new Promise(resolve => setTimeout(resolve, LASTING_MS))
    relay.set('carries')
    const backAt = Date.now()
    const snapshots = () => officer.seen.filter(({ type }) => type === 'snapshot').length
    await officer.until('snapshot', () => snapshots() === 2)

    const recorded = await raiseIncident(database.store, other, { episode: 'of-other' })
    await operator.until('incident', ({ incident }) => incident.id === recorded)
    await operator.until('provisional', message => ids(message).join() === 'of-own')
    gateway.live.publishProvisional({ ingest: 'ingest-1', leftOut: 0, alerts: [] })
    await operator.until('provisional', ({ items }) => items.length === 0)
    expect(operator.incidentIds().filter(id => id === recorded)).toHaveLength(1)

    // The outage itself is an incident, recorded when that was possible, with its own beginning and end.
    const message = await operator.until(
      'incident',
      ({ incident }) => incident.part === 'database' && incident.endedAt !== undefined,
    )
    const { happenedAt, endedAt = '', severity } = message.incident
    expect(severity).toBe('critical')
    expect(Date.parse(happenedAt)).toBeLessThan(backAt)
    expect(Date.parse(endedAt)).toBeGreaterThan(Date.parse(happenedAt) + LASTING_MS - 1)
    expect(
      (await faults()).filter(
        fault => fault.happenedAt < new Date(backAt).toISOString() && (fault.endedAt ?? '~') > happenedAt,
      ),
    ).toHaveLength(1)
    expect(officer.incidentIds()).not.toContain(message.incident.id)
  }, 120_000)

  it('a connection that stands and carries nothing is noticed too, and nobody waits for its answer', async () => {
    const operator = await listen({ authorization: `Bearer ${ADMIN_TOKEN}` })
    const count = () => operator.seen.filter(({ type }) => type === 'system').length
    relay.set('stalls')
    // Late at first, unless every connection of the pool is stuck before that is found.
    await operator.until('system', ({ feeds }) => feeds.database?.state === 'down')
    const before = count()
    await new Promise(resolve => setTimeout(resolve, 2_000))
    expect(count()).toBeGreaterThan(before + 5)
    relay.set('carries')
    await operator.until(
      'system',
      ({ feeds, serverTime }) => feeds.database?.state === 'up' && Date.parse(serverTime) > Date.now() - 500,
    )
  }, 120_000)

  it('an ingest that died is an incident that people work, and ends when it is back', async () => {
    const operator = await listen({ authorization: `Bearer ${ADMIN_TOKEN}` })
    clearInterval(beating)
    const raised = await operator.until(
      'incident',
      ({ change, incident }) => change === 'raised' && incident.part === 'ingest-1',
    )
    expect(raised.incident).toMatchObject({ kind: 'system-fault', state: 'open' })
    const { status, body } = await gateway.api.post(`/incidents/${raised.incident.id}/actions`, { type: 'acknowledge' })
    expect([status, body.incident?.state]).toEqual([201, 'acknowledged'])
    beating = setInterval(beat, 200)
    const { id } = raised.incident
    await operator.until('incident', ({ incident }) => incident.id === id && incident.endedAt !== undefined)
  }, 120_000)
})
