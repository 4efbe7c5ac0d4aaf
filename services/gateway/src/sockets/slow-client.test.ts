import { createFakeClock, createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'
import { openStream } from '../testing/stream-client.ts'

let database: TestDatabase
let person: Enrolled
let gateway: TestGateway | undefined
beforeAll(async () => {
  database = await createTestDatabase()
  const first = await startTestGateway(database.store)
  person = await enrol(first.api)
  await first.stop()
})
afterAll(async () => {
  await gateway?.stop()
  await database.drop()
})

const admin = { authorization: `Bearer ${ADMIN_TOKEN}` }
/** More in one flush than the sockets of both sides hold. */
const MANY = 20_000

/** Positions of made-up tags, 5 MB of them, that get older or newer together. */
function publish({ live }: TestGateway, second: number): void {
  const time = new Date(Date.UTC(2026, 10, 22, 6, 0, second)).toISOString()
  const items = Array.from({ length: MANY }, (_, i) => ({
    wearerId: person.wearerId,
    activationId: String(1_000_000 + i),
    time,
    receivedAt: new Date().toISOString(),
    lat: 52,
    lon: -1,
    accuracy: second,
    source: 'gnss' as const,
    speed: null,
    heading: null,
    battery: null,
  }))
  live.publishPositions({ items })
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

it('gets fewer positions and every incident, in order, once it reads again', async () => {
  gateway = await startTestGateway(database.store, { streamLimits: { patienceMs: 60_000 } })
  const slow = await openStream(gateway.base, admin)
  slow.say({ type: 'subscribe', positions: true, incidents: true })
  await slow.until('snapshot')
  slow.socket.pause()
  const ids: string[] = []
  for (let second = 0; second < 20; second++) {
    publish(gateway, second)
    ids.push(await raiseIncident(database.store, person))
    await pause(30)
  }
  slow.socket.resume()
  await slow.until('incident', ({ incident }) => incident.id === ids.at(-1))
  expect(slow.incidentIds()).toEqual(ids)
  // The last position of every tag has come, and not all twenty.
  await slow.until('positions', ({ items }) => items.length === MANY && items[0]?.accuracy === 19)
  expect(slow.seen.filter(({ type }) => type === 'positions').length).toBeLessThan(20)
  await slow.close()
  await gateway.stop()
})

it('that never reads is told, closed with 1013, and holds up nobody else', async () => {
  const clock = createFakeClock(Date.now())
  gateway = await startTestGateway(database.store, { clock })
  const [stuck, well] = await Promise.all([openStream(gateway.base, admin), openStream(gateway.base, admin)])
  for (const each of [stuck, well]) each.say({ type: 'subscribe', positions: true, incidents: true })
  await Promise.all([stuck.until('snapshot'), well.until('snapshot')])
  stuck.socket.pause()
  for (let second = 30; second < 40; second++) {
    publish(gateway, second)
    await well.until('positions', ({ items }) => items[0]?.accuracy === second)
  }
  const raised = await raiseIncident(database.store, person)
  await well.until('incident', ({ incident }) => incident.id === raised)
  // Two rounds of checks, so that the gateway has seen who still waits for room; then half a minute in which nothing is read.
  const told = well.seen.length
  await well.until('system', message => well.seen.indexOf(message) > told + 1)
  clock.advance(31_000)
  const later = well.seen.length
  await well.until('system', message => well.seen.indexOf(message) > later)
  stuck.socket.resume()
  await stuck.until('error', ({ code }) => code === 'too-slow')
  expect((await stuck.closed).code).toBe(1013)
  expect(well.socket.readyState).toBe(well.socket.OPEN)
  await well.close()
})
