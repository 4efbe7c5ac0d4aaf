import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Api } from '../testing/api.ts'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
let person: Enrolled
let [anne, bob]: Api[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
  person = await enrol(gateway.api)
  anne = gateway.as(await gateway.token('operator'))
  bob = gateway.as(await gateway.token('operator'))
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

let id = ''
beforeEach(async () => {
  id = await raiseIncident(database.store, person)
})
const act = (api: Api | undefined, type: string, more: object = {}) =>
  (api ?? gateway.api).post(`/incidents/${id}/actions`, { type, ...more })

it('of two who take it at the same time one has it, and the other is told who', async () => {
  const answers = await Promise.all([act(anne, 'acknowledge'), act(bob, 'acknowledge')])
  const won = answers.find(({ status }) => status === 201)
  const lost = answers.find(({ status }) => status === 409)
  expect(won?.body.incident).toMatchObject({ state: 'acknowledged', owner: won?.body.action.by })
  expect(won?.body.incident.acknowledgedAt).toBeDefined()
  expect(lost?.body).toMatchObject({ code: 'already-claimed', owner: won?.body.action.by })
})

it('may be taken again by whoever has it', async () => {
  const first = await act(anne, 'acknowledge')
  const again = await act(anne, 'acknowledge')
  expect(again).toMatchObject({ status: 201, body: { incident: { owner: first.body.incident.owner } } })
  expect(again.body.incident.acknowledgedAt).toBe(first.body.incident.acknowledgedAt)
})

it('is closed with an outcome and a text, and then takes reopen and note only', async () => {
  const bare = await act(anne, 'close')
  expect(bare).toMatchObject({ status: 400, body: { code: 'invalid-body' } })
  expect(bare.body.problems.map(({ field }: { field: string }) => field)).toEqual(['/outcome', '/text'])
  const closed = await act(anne, 'close', { outcome: 'false-alarm', text: 'drift behind a window' })
  expect(closed.body.incident).toMatchObject({ state: 'closed', outcome: 'false-alarm' })
  expect(closed.body.incident.closedAt).toBeDefined()
  for (const type of ['acknowledge', 'escalate', 'notify-police']) {
    expect(await act(bob, type)).toMatchObject({ status: 409, body: { code: 'conflict' } })
  }
  expect((await act(bob, 'note', { text: 'seen' })).status).toBe(201)
  const reopened = await act(bob, 'reopen')
  expect(reopened.body.incident).toMatchObject({ state: 'open' })
  for (const field of ['outcome', 'closedAt', 'owner']) expect(reopened.body.incident).not.toHaveProperty(field)
})

it('records who did what, and when, in order', async () => {
  await act(anne, 'acknowledge')
  await act(anne, 'notify-police', { reference: 'NP-2291', text: 'called', unknown: 'ignored' })
  await act(bob, 'escalate')
  const { body } = await gateway.api.get(`/incidents/${id}/actions`)
  expect(body.items.map(({ type }: { type: string }) => type)).toEqual(['acknowledge', 'notify-police', 'escalate'])
  expect(body.items[1]).toMatchObject({
    by: expect.stringMatching(/^token:operator/),
    reference: 'NP-2291',
    text: 'called',
  })
  expect(body.items[1]).not.toHaveProperty('unknown')
  expect((await gateway.api.get(`/incidents/${id}`)).body).toMatchObject({
    state: 'escalated',
    policeReference: 'NP-2291',
    wearerName: 'A. Wearer',
    tagId: person.tagId,
  })
  const audit = await gateway.api.get(`/audit?wearerId=${person.wearerId}&limit=20`)
  const deeds = audit.body.items.map(({ what }: { what: string }) => what)
  expect(deeds).toEqual(expect.arrayContaining(['incident-acknowledge', 'incident-notify-police', 'read-actions']))
})

it('is assigned to somebody who can sign in', async () => {
  expect(await act(anne, 'assign', { to: 'nobody' })).toMatchObject({ status: 422, body: { field: '/to' } })
  await gateway.api.post('/accounts', { name: `carol${id}`, displayName: 'Carol', role: 'operator' })
  expect((await act(anne, 'assign', { to: `carol${id}` })).body.incident).toMatchObject({
    state: 'open',
    owner: `carol${id}`,
  })
  expect(await act(bob, 'acknowledge')).toMatchObject({ status: 409, body: { owner: `carol${id}` } })
})

it('cannot be worked by whoever may only read', async () => {
  const reader = gateway.as(await gateway.token('read-only'))
  expect(await act(reader, 'acknowledge')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})

it('is listed while it is not closed, and by its state when asked', async () => {
  await act(anne, 'close', { outcome: 'equipment', text: 'x' })
  const ids = async (query: string) =>
    (await gateway.api.get(`/incidents?limit=1000${query}`)).body.items.map((item: { id: string }) => item.id)
  expect(await ids('')).not.toContain(id)
  expect(await ids('&state=closed')).toContain(id)
  expect(await ids('&state=all&severity=warning')).not.toContain(id)
})
