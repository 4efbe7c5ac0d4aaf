import { createCheck, ROUTES } from '@cordon/contract'
import { createTestDatabase, raiseSequences, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enrol } from './testing/enrol.ts'
import { raiseIncident } from './testing/raise-incident.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from './testing/start-test-gateway.ts'
import { openStream } from './testing/stream-client.ts'

let database: TestDatabase
let gateway: TestGateway
beforeAll(async () => {
  database = await createTestDatabase()
  await raiseSequences(database.store)
  gateway = await startTestGateway(database.store)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const beyond = (id: string) => BigInt(id) > 2n ** 53n

it('ids beyond 2^53 travel as text: made, read, listed by pages, acted upon', async () => {
  const { api } = gateway
  const people = [await enrol(api), await enrol(api), await enrol(api)]
  for (const person of people) await raiseIncident(database.store, person)
  const ids = people.map(({ wearerId }) => wearerId)
  expect(new Set(ids).size).toBe(3)
  expect(ids.every(beyond)).toBe(true)
  for (const id of ids) expect((await api.get(`/wearers/${id}`)).body.id).toBe(id)

  const listed: string[] = []
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await api.get(`/wearers?limit=1${next === '' ? '' : `&cursor=${next}`}`)
    listed.push(...body.items.map((item: { id: string }) => item.id))
    next = body.next
  }
  expect(listed).toEqual(ids.toReversed())

  const incidents = await api.get('/incidents')
  expect(createCheck(ROUTES.listIncidents.response)(incidents.body)).toBe(true)
  for (const { id, wearerId } of incidents.body.items) {
    expect(beyond(id) && ids.includes(wearerId)).toBe(true)
    const acted = await api.post(`/incidents/${id}/actions`, { type: 'acknowledge' })
    expect(acted.body.incident).toMatchObject({ id, wearerId })
  }
})

it('cursors of the stream too: each change once, from exactly where a client left off', async () => {
  const person = await enrol(gateway.api)
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
  const first = await openStream(gateway.base, headers)
  first.say({ type: 'subscribe', incidents: true })
  const { cursor } = await first.until('snapshot')
  expect(beyond(cursor)).toBe(true)
  await first.close()

  const raised = [await raiseIncident(database.store, person), await raiseIncident(database.store, person)]
  const second = await openStream(gateway.base, headers)
  second.say({ type: 'subscribe', incidents: true, since: cursor })
  await second.until('snapshot')
  const afterwards = await raiseIncident(database.store, person)
  await second.until('incident', ({ incident }) => incident.id === afterwards)
  expect(second.incidentIds()).toEqual([...raised, afterwards])
  await second.close()
})
