import { asId, createCheck, ROUTES } from '@cordon/contract'
import { replaceRollCall, writeBatch } from '@cordon/store'
import {
  aBatch,
  aMonitoredWearer,
  aNearMiss,
  anIncidentJudgement,
  aVisit,
  createTestDatabase,
  type MonitoredWearer,
  type TestDatabase,
} from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Api } from '../testing/api.ts'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

const HOUR = 3_600_000
const SIX = Date.UTC(2026, 10, 22, 6)

let database: TestDatabase
let gateway: TestGateway
let own: MonitoredWearer
let other: MonitoredWearer
let officer: Api
beforeAll(async () => {
  database = await createTestDatabase()
  const { store } = database
  gateway = await startTestGateway(store)
  own = await aMonitoredWearer(store)
  other = await aMonitoredWearer(store)
  await store.query(`update orders set officer = 'jane' where id = $1`, [own.orderId])
  await anAccount(gateway.api, 'jane', 'officer')
  officer = await signedIn(gateway.base, 'jane')
  const judgements = [own, other].flatMap(person => [
    aNearMiss(person, { from: SIX, to: SIX + 60_000 }),
    aNearMiss(person, { from: SIX + HOUR, to: SIX + HOUR + 60_000 }),
    aVisit(person, { from: SIX, to: SIX + HOUR }),
    aVisit(person, { from: SIX + 2 * HOUR, to: null }),
  ])
  await writeBatch(store, aBatch({ judgements }))
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

const later = `from=${new Date(SIX + HOUR + 1).toISOString()}`
const fromOf = ({ from }: { from: string }) => Date.parse(from)

it.each([
  ['/near-misses', ROUTES.listNearMisses, [SIX + HOUR, SIX], [SIX + HOUR]],
  ['/visits', ROUTES.listVisits, [SIX + 2 * HOUR, SIX], [SIX + 2 * HOUR]],
] as const)('%s are listed newest first, of one wearer, zone or time, with why', async (path, route, all, some) => {
  const { body } = await gateway.api.get(`${path}?wearerId=${own.wearerId}`)
  expect(createCheck(route.response)(body)).toBe(true)
  expect(body.items.map(fromOf)).toEqual(all)
  expect(body.items[0]).toMatchObject({
    wearerId: own.wearerId,
    zoneId: own.zoneId,
    reason: { text: expect.any(String), probability: expect.any(Number), policyVersion: 1 },
  })
  expect((await gateway.api.get(`${path}?zoneId=${own.zoneId}&${later}`)).body.items.map(fromOf)).toEqual(some)
  expect((await gateway.api.get(`${path}?to=${new Date(SIX).toISOString()}`)).body.items).toEqual([])
  const backwards = await gateway.api.get(`${path}?${later}&to=2026-01-01T00:00:00Z`)
  expect(backwards).toMatchObject({ status: 400, body: { code: 'invalid-query', field: 'to' } })
})

it.each(['/near-misses', '/visits'])(
  '%s of others than the caseload are not shown, and reads are on record',
  async path => {
    const [mine, everybodys] = await Promise.all([officer.get(path), gateway.api.get(path)])
    expect([mine.body.items.length, everybodys.body.items.length]).toEqual([2, 4])
    await officer.get(`${path}?wearerId=${own.wearerId}`)
    const { body } = await gateway.api.get(`/audit?wearerId=${own.wearerId}&who=jane&limit=1`)
    expect(body.items).toMatchObject([{ what: `list-${path.slice(1)}`, wearerId: own.wearerId }])
  },
)

it('the roll-call is what was found last, silence for a known reason among it', async () => {
  const nobody = { orderId: null, activationId: null, tagId: null, since: SIX, reason: null }
  const { activationId, tagId, wearerId } = own
  await replaceRollCall(
    database.store,
    [
      { ...nobody, problem: 'known-silence', wearerId, activationId, tagId, reason: 'charging' },
      { ...nobody, problem: 'order-without-tag', wearerId: other.wearerId, orderId: asId(other.orderId) },
    ],
    SIX,
  )
  const { body } = await gateway.api.get('/roll-call')
  expect(createCheck(ROUTES.rollCall.response)(body)).toBe(true)
  const since = new Date(SIX).toISOString()
  expect(body.items).toMatchObject([
    { problem: 'order-without-tag', wearerId: other.wearerId, orderId: other.orderId, since },
    { problem: 'known-silence', wearerId, activationId, tagId, since, reason: 'charging' },
  ])
  expect((await officer.get('/roll-call')).body.items).toMatchObject([{ problem: 'known-silence' }])
})

it('incidents say how they ended, and those of a device name no zone', async () => {
  const ofDevice = anIncidentJudgement(own, {
    episodeId: 'strap',
    kind: 'strap-tamper',
    conditionId: null,
    zoneId: null,
    zoneVersion: null,
    endedAt: SIX + HOUR,
    conclusion: 'restored',
    reason: { text: 'Strap cut.', fixes: [`${SIX}/1`], policyVersion: 1, beganAt: SIX, entries: 1 },
  })
  const wrong = anIncidentJudgement(own, { endedAt: SIX, conclusion: 'disproved', change: 'disproved' })
  const open = anIncidentJudgement(other)
  await writeBatch(database.store, aBatch({ judgements: [ofDevice, wrong, open] }))
  const { body } = await gateway.api.get('/incidents?state=all')
  expect(createCheck(ROUTES.listIncidents.response)(body)).toBe(true)
  expect(body.items).toHaveLength(3)
  const restored = await gateway.api.get('/incidents?conclusion=restored')
  expect(restored.body.items).toMatchObject([{ kind: 'strap-tamper', reason: { text: 'Strap cut.', entries: 1 } }])
  expect(restored.body.items[0]).not.toHaveProperty('zoneId')
  expect((await gateway.api.get('/incidents?conclusion=disproved')).body.items).toMatchObject([
    { conclusion: 'disproved' },
  ])
})
