import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
let person: Enrolled
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
  person = await enrol(gateway.api)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const newest = async () => (await gateway.api.get('/audit?limit=2')).body.items[1]

it.each(['orders', 'conditions', 'activations', 'suspensions', 'incidents', 'zones'])(
  'a list of the %s of one wearer leaves a trace of whose it was',
  async list => {
    expect((await gateway.api.get(`/${list}?wearerId=${person.wearerId}`)).status).toBe(200)
    const { wearerId } = person
    expect(await newest()).toMatchObject({ who: 'token:CORDON_ADMIN_TOKEN', what: `list-${list}`, wearerId })
  },
)

it.each([
  ['/wearers', 'list-wearers'],
  [() => `/wearers/${person.wearerId}`, 'read-wearer'],
  [() => `/orders/${person.orderId}`, 'read-order'],
  ['/positions', 'list-positions'],
  ['/passes', 'list-passes'],
  ['/incidents', 'list-incidents'],
  ['/roll-call', 'read-roll-call'],
  ['/quarantine?tagId=tag-1', 'list-quarantine'],
])('a read leaves a trace: %s', async (path, what) => {
  expect((await gateway.api.get(typeof path === 'string' ? path : path())).status).toBe(200)
  expect(await newest()).toMatchObject({ what, at: expect.any(String) })
})
