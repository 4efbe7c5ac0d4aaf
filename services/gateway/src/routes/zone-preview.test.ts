import { createCheck, ZonePreview, type ZonePreviewCreate } from '@cordon/contract'
import { createTestDatabase, leakCheck, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Enrolled, enrol } from '../testing/enrol.ts'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 5, 1, 12)
const SPAN = { from: '2026-06-01T00:00:00.000Z', to: '2026-06-02T00:00:00.000Z' }
const CENTRE = [-0.9027, 52.2405] as const

let database: TestDatabase
let gateway: TestGateway
let visitor: Enrolled
let passerBy: Enrolled
const noLeaks = leakCheck()
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store, { clock: { now: () => Date.UTC(2026, 5, 10) } })
  visitor = await enrol(gateway.api)
  passerBy = await enrol(gateway.api, 'somebody.else')
  // 30 minutes a kilometre east, 20 in the middle of the zone, 30 away again; and the other only ever away.
  await walk(visitor, minute => (minute >= 30 && minute < 50 ? 0 : 0.015))
  await walk(passerBy, () => 0.015)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
  await noLeaks()
})

/** 80 minutes from noon, a fix each, so many degrees east of the zone's middle. */
async function walk({ activationId }: Enrolled, eastAt: (minute: number) => number, start = NOON): Promise<void> {
  const rows = Array.from({ length: 80 }, (_, minute) => {
    const at = new Date(start + minute * MINUTE).toISOString()
    return [at, CENTRE[0] + eastAt(minute), CENTRE[1] + (minute % 2) / 50_000]
  })
  await database.store.query(
    `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, source)
     select $1, at, 0, at + interval '2 s', lon, lat, 8, 0
     from unnest($2::timestamptz[], $3::float8[], $4::float8[]) as fix (at, lon, lat)`,
    [activationId, rows.map(row => row[0]), rows.map(row => row[1]), rows.map(row => row[2])],
  )
}

const circle = { type: 'Circle' as const, center: [...CENTRE] as [number, number], radius: 300 }
const draft = (more: Partial<ZonePreviewCreate> = {}): ZonePreviewCreate => ({
  kind: 'exclusion',
  geometry: circle,
  wearerIds: [visitor.wearerId, passerBy.wearerId],
  ...SPAN,
  ...more,
})
const preview = (more?: Partial<ZonePreviewCreate>) => gateway.api.post('/zones/preview', draft(more))

describe('a preview of a zone', () => {
  it('says what it would have done: whose incidents, when and where, and how much was seen', async () => {
    const { status, body } = await preview()
    expect([status, createCheck(ZonePreview)(body)]).toEqual([200, true])
    expect(body).toMatchObject({ ...SPAN, wearers: 2, fixes: 160, leftOut: { incidents: 0, nearMisses: 0, visits: 0 } })
    expect(body.incidents).toHaveLength(1)
    expect(body.incidents[0]).toMatchObject({
      wearerId: visitor.wearerId,
      kind: 'exclusion-breach',
      certainty: 'confirmed',
      happenedAt: '2026-06-01T12:30:00.000Z',
      conclusion: 'left',
      late: false,
      entries: 1,
      lon: CENTRE[0],
    })
    expect(body.incidents[0].greatestDepthM).toBeGreaterThan(250)
    expect(body.summary).toMatchObject({
      incidents: 1,
      byKind: [{ kind: 'exclusion-breach', certainty: 'confirmed', incidents: 1 }],
      byWearer: [
        { wearerId: visitor.wearerId, incidents: 1 },
        { wearerId: passerBy.wearerId, incidents: 0 },
      ],
      byDay: [{ date: '2026-06-01', incidents: 1 }],
    })
    // 80 minutes from noon touch 6 of the day's 96 quarter hours.
    expect(body.coverage).toEqual([visitor, passerBy].map(({ wearerId }) => ({ wearerId, fixes: 80, share: 6 / 96 })))
  })

  it('writes nothing but who looked at whose track', async () => {
    const count = async () =>
      (await database.store.query('select (select count(*) from incidents) i, (select count(*) from zones) z'))[0]
    const before = await count()
    await preview()
    expect(await count()).toEqual(before)
    for (const { wearerId } of [visitor, passerBy]) {
      const { body } = await gateway.api.get(`/audit?wearerId=${wearerId}&limit=5`)
      expect(body.items).toContainEqual(
        expect.objectContaining({ what: 'read-track', wearerId, detail: { ...SPAN, for: 'zone-preview' } }),
      )
    }
  })

  it('judges inside its hours only', async () => {
    const hours = (from: string, to: string) => ({
      timeZone: 'Europe/London',
      weekly: [{ days: ['mon' as const], from, to }],
    })
    // noon in UTC is one o'clock in London in June
    expect((await preview({ hours: hours('13:00', '15:00') })).body.incidents).toHaveLength(1)
    expect((await preview({ hours: hours('11:00', '13:00') })).body.incidents).toHaveLength(0)
  })

  it('of a zone of interest tells visits, and of a zone to stay in those who were not there', async () => {
    const interest = await preview({ kind: 'interest' })
    expect(interest.body.incidents).toEqual([])
    expect(interest.body.visits).toMatchObject([{ wearerId: visitor.wearerId, from: '2026-06-01T12:30:00.000Z' }])
    const { body } = await preview({ kind: 'inclusion' })
    expect(new Set(body.incidents.map(({ kind }: { kind: string }) => kind))).toEqual(new Set(['inclusion-absence']))
    const wearerIds = new Set(body.incidents.map(({ wearerId }: { wearerId: string }) => wearerId))
    expect(wearerIds).toEqual(new Set([visitor.wearerId, passerBy.wearerId]))
  })

  it('sees nobody outside an order, or before the tag was on them', async () => {
    const later = await enrol(gateway.api)
    await database.store.query(`update orders set valid_from = '2026-06-01T13:00:00Z' where id = $1`, [later.orderId])
    await walk(later, () => 0)
    const { body } = await preview({ wearerIds: [later.wearerId] })
    expect(body).toMatchObject({ fixes: 20, incidents: [{ happenedAt: '2026-06-01T13:00:00.000Z' }] })
    await database.store.query(`update activations set valid_from = '2026-06-01T13:10:00Z' where id = $1`, [
      later.activationId,
    ])
    expect((await preview({ wearerIds: [later.wearerId] })).body).toMatchObject({ fixes: 10 })
  })

  it('covers the last 14 days unless told otherwise, and ends now', async () => {
    const { from: _from, to: _to, ...bare } = draft()
    const usual = await gateway.api.post('/zones/preview', bare)
    expect(usual.body).toMatchObject({ from: '2026-05-27T00:00:00.000Z', to: '2026-06-10T00:00:00.000Z' })
    expect((await preview({ to: '2026-06-20T00:00:00Z' })).body).toMatchObject({ to: '2026-06-10T00:00:00.000Z' })
  })

  it.each([
    ['a geometry that is no area', { geometry: { ...circle, center: [100, 0] } }, 422, 'invalid-geometry'],
    ['hours in no time zone', { hours: { timeZone: 'Mars/Base', weekly: [] } }, 422, 'invalid-hours'],
    ['more than 31 days', { from: '2026-05-01T00:00:00Z', to: '2026-06-02T00:00:00Z' }, 400, 'invalid-body'],
    ['a time that is yet to come', { from: '2026-07-01T00:00:00Z', to: '2026-07-02T00:00:00Z' }, 400, 'invalid-body'],
    ['a wearer that there is not', { wearerIds: ['424242'] }, 404, 'not-found'],
  ] as const)('is refused for %s', async (_what, more, status, code) => {
    const answer = await gateway.api.post('/zones/preview', { ...draft(), ...more })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  it('shows an officer the caseload and nobody else', async () => {
    await anAccount(gateway.api, 'somebody.else', 'officer')
    const officer = await signedIn(gateway.base, 'somebody.else')
    expect((await officer.post('/zones/preview', draft({ wearerIds: [passerBy.wearerId] }))).status).toBe(200)
    const both = await officer.post('/zones/preview', draft())
    expect(both).toMatchObject({ status: 404, body: { field: '/wearerIds/0' } })
  })

  it('is made one at a time; a few wait, and whoever comes then is told when to try again', async () => {
    const refused: unknown[] = []
    const asked: Promise<{ status: number }>[] = []
    await database.store.transaction(async inside => {
      await inside.query('lock table fixes in access exclusive mode') // nobody's track can be read
      for (let i = 0; i < 6; i++) asked.push(preview())
      for (const answer of asked) {
        void answer.then(({ status }) => status === 429 && refused.push(answer))
      }
      while (refused.length < 3) await new Promise(resolve => setTimeout(resolve, 10))
    })
    const answers = await Promise.all(asked as ReturnType<typeof preview>[])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429, 429])
    for (const { headers, body } of answers.filter(({ status }) => status === 429)) {
      expect([Number(headers.get('retry-after')) > 0, body.code]).toEqual([true, 'too-many-requests'])
    }
    expect((await preview()).status).toBe(200)
  })
})
