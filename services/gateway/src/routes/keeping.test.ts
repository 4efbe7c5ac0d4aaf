import { runErasures, sampleCapacity } from '@cordon/store'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Api } from '../testing/api.ts'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { raiseIncident } from '../testing/raise-incident.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
let protector: Api
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
  protector = gateway.as(await gateway.token('data-protection'))
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const auditOf = async (wearerId: string) =>
  (await gateway.api.get(`/audit?wearerId=${wearerId}`)).body.items.map(({ what }: { what: string }) => what)

/** Somebody whose order and activation have ended. */
async function released(): Promise<Enrolled> {
  const person = await enrol(gateway.api)
  const ended = new Date(Date.now() - 1_000)
  for (const table of ['orders', 'activations'])
    await database.store.query(`update ${table} set valid_to = $2 where wearer_id = $1`, [person.wearerId, ended])
  return person
}

describe('retention rules', () => {
  const defaults = [
    { what: 'audit', orderType: '*', days: 3_653 },
    { what: 'case', orderType: '*', days: 3_653 },
    { what: 'quarantine', orderType: '*', days: 90 },
    { what: 'track', orderType: '*', days: 2_192 },
  ]
  const put = (rules: readonly object[], api = gateway.api) => api.call('PUT', '/retention-rules', { body: { rules } })

  it('are six years for tracks until somebody says otherwise', async () => {
    const { body } = await gateway.api.get('/retention-rules')
    expect(body.items).toMatchObject(defaults)
  })

  it('are replaced as a whole by an administrator, and who did it stands there', async () => {
    const rules = [...defaults, { what: 'track', orderType: 'bail', days: 365 }]
    const { status, body } = await put(rules)
    expect(status).toBe(200)
    expect(body.items).toContainEqual(
      expect.objectContaining({ what: 'track', orderType: 'bail', days: 365, changedBy: 'token:CORDON_ADMIN_TOKEN' }),
    )
    expect((await put(defaults)).body.items).toHaveLength(4)
    const entries = (await gateway.api.get('/audit?limit=10')).body.items
    expect(entries).toContainEqual(
      expect.objectContaining({
        what: 'replace-retention-rules',
        detail: { before: expect.any(Array), after: defaults },
      }),
    )
  })

  it.each([
    ['one is missing for everybody', [...defaults.slice(1), { what: 'audit', orderType: 'bail', days: 1 }]],
    ['one stands twice', [...defaults, { what: 'track', orderType: '*', days: 1 }]],
    ['audit is to go by a type of orders', [...defaults, { what: 'audit', orderType: 'bail', days: 1 }]],
    ['the case would go before its track', [...defaults, { what: 'case', orderType: 'bail', days: 1 }]],
  ])('are refused when %s', async (_why, rules) => {
    expect(await put(rules)).toMatchObject({ status: 400, body: { code: 'invalid-body' } })
  })
})

describe('a legal hold', () => {
  it('is placed, listed and ended by a named person, each on record', async () => {
    const { wearerId } = await released()
    const made = await protector.post('/legal-holds', { wearerId, reason: 'appeal' })
    expect(made).toMatchObject({
      status: 201,
      body: { wearerId, reason: 'appeal', createdBy: expect.stringContaining('data-protection') },
    })
    const end = () => protector.call('PATCH', `/legal-holds/${made.body.id}`, { body: { reason: 'dismissed' } })
    expect(await end()).toMatchObject({ status: 200, body: { endReason: 'dismissed', until: expect.any(String) } })
    expect(await end()).toMatchObject({ status: 409 })
    expect((await protector.get(`/legal-holds?wearerId=${wearerId}`)).body.items).toHaveLength(1)
    expect(await auditOf(wearerId)).toEqual(expect.arrayContaining(['create-legal-hold', 'end-legal-hold']))
  })

  it('cannot end before it begins, nor be of nobody', async () => {
    const { wearerId } = await released()
    const until = '2020-01-01T00:00:00Z'
    expect(await protector.post('/legal-holds', { wearerId, reason: 'x', until })).toMatchObject({
      status: 400,
      body: { field: '/until' },
    })
    expect(await protector.post('/legal-holds', { wearerId: '424242', reason: 'x' })).toMatchObject({ status: 422 })
  })
})

describe('an erasure', () => {
  const body = { reason: 'conviction quashed', reference: 'DP-1' }
  const ask = (wearerId: string, api = protector) => api.post(`/wearers/${wearerId}/erasure`, body)

  it('is asked for, carried out, and ends with a certificate', async () => {
    const { wearerId } = await released()
    const asked = await ask(wearerId)
    expect(asked).toMatchObject({ status: 201, body: { wearerId, state: 'requested', ...body } })
    for (let step = 0; step < 2; step++)
      await runErasures({
        ...{ store: database.store, now: Date.now() + 1_000, settleMs: 0 },
        rest: () => Promise.resolve(),
        onStopped: () => undefined,
      })
    const certificate = await protector.get(`/erasures/${asked.body.id}`)
    expect(certificate.body).toMatchObject({
      state: 'certified',
      removed: { wearers: 1, orders: 1, activations: 1 },
      left: { fixes: 0 },
    })
    expect((await gateway.api.get(`/wearers/${wearerId}`)).status).toBe(404)
    expect(
      (await gateway.as(await gateway.token('auditor')).get(`/erasures?wearerId=${wearerId}`)).body.items,
    ).toHaveLength(1)
    expect(await auditOf(wearerId)).toContain('create-erasure')
  })

  it('is refused while an order, a tag, an incident or a legal hold stands against it, and says all of it', async () => {
    const person = await enrol(gateway.api)
    await raiseIncident(database.store, person)
    await protector.post('/legal-holds', { wearerId: person.wearerId, reason: 'appeal' })
    const refused = await ask(person.wearerId)
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect(refused.body.problems).toHaveLength(4)
    expect(await database.store.query('select from erasures where wearer_id = $1', [person.wearerId])).toEqual([])
  })

  it('is of somebody who exists, once at a time, and does not name them', async () => {
    expect((await ask('424242')).status).toBe(404)
    const { wearerId } = await released()
    const named = { ...body, reason: 'a. wearer was acquitted' }
    expect(await protector.post(`/wearers/${wearerId}/erasure`, named)).toMatchObject({
      status: 400,
      body: { field: '/reason' },
    })
    expect((await ask(wearerId)).status).toBe(201)
    expect((await ask(wearerId)).status).toBe(409)
  })
})

describe('capacity', () => {
  it('says what becomes full first, and in how many days', async () => {
    const DAY = 86_400_000
    const now = Date.now()
    const put = (what: string, at: number, used: number, capacity: number | null) =>
      database.store.query('insert into capacity_samples values ($1, $2, $3, $4)', [what, new Date(at), used, capacity])
    for (let day = 10; day >= 1; day--) await put('numbers test', now - day * DAY, 1_000 - day * 10, 2_000)
    await put('numbers test', now, 1_000, 2_000)
    await sampleCapacity(database.store, now, null)
    const { body } = await gateway.api.get('/capacity')
    expect(body.items[0]).toMatchObject({ what: 'numbers test', used: 1_000, capacity: 2_000 })
    expect(body.items[0].daysLeft).toBeCloseTo(100, 5)
    const known = body.items.map(({ what }: { what: string }) => what)
    expect(known).toEqual(expect.arrayContaining(['database', 'table fixes', 'numbers incidents_id_seq']))
  })
})
