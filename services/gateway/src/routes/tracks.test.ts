import { randomUUID } from 'node:crypto'
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
  await addFixes(person.activationId, 5)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

/** One a minute from noon. */
async function addFixes(activationId: string, count: number): Promise<void> {
  await database.store.query(
    `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, source, altitude_m)
     select $1, timestamptz '2026-06-01T12:00:00Z' + n * interval '1 minute', n, now(), -0.9, 52.2, 6.1, 0, 77.5
     from generate_series(0, $2::int - 1) n`,
    [activationId, count],
  )
}

const SPAN = 'from=2026-06-01T12:00:00Z&to=2026-06-01T13:00:00Z'
const track = (query = '', headers = {}) =>
  gateway.api.get(`/wearers/${person.wearerId}/track?${SPAN}${query}`, headers)

it('is GeoJSON, oldest first, with what the tag did not say as null', async () => {
  const { body } = await track()
  expect(body).toMatchObject({ type: 'FeatureCollection', wearerId: person.wearerId, next: null })
  expect(body.features).toHaveLength(5)
  expect(body.features[0]).toEqual({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [-0.9, 52.2, 77.5] },
    properties: expect.objectContaining({
      time: '2026-06-01T12:00:00.000Z',
      seq: 0,
      accuracy: 6.1,
      source: 'gnss',
      speed: null,
      hdop: null,
      activationId: person.activationId,
    }),
  })
})

it('comes in pages, none of them cut in silence', async () => {
  const times: string[] = []
  let more = '&limit=2'
  for (;;) {
    const { body } = await track(more)
    times.push(
      ...body.features.map(({ properties }: { properties: { time: string } }) => properties.time.slice(14, 16)),
    )
    if (body.next === null) break
    more = `&limit=2&cursor=${encodeURIComponent(body.next)}`
  }
  expect(times).toEqual(['00', '01', '02', '03', '04'])
})

it('is CSV or GPX by Accept or by format, with a link to what follows', async () => {
  const csv = await track('&limit=2', { accept: 'text/csv' })
  expect(csv.headers.get('content-type')).toContain('text/csv')
  const lines = csv.body.trim().split('\r\n')
  expect(lines[0]).toMatch(/^time,received_at,activation_id,seq,lat,lon,accuracy_m,source/)
  expect(lines).toHaveLength(3)
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(csv.headers.get('link') ?? '') ?? []
  const second = await gateway.api.get(next.replace('/api/v1', ''), { accept: 'text/csv' })
  expect(second.body).toContain('2026-06-01T12:02:00.000Z')
  expect(csv.headers.get('content-disposition')).toContain('-part.csv')
  const gpx = await track('&format=gpx', { accept: 'text/csv' })
  expect(gpx.headers.get('content-type')).toContain('application/gpx+xml')
  expect(gpx.headers.get('link')).toBeNull()
  expect(gpx.body.match(/<trkpt /g)).toHaveLength(5)
  expect(gpx.body).toContain('<ele>77.5</ele><time>2026-06-01T12:00:00.000Z</time>')
})

it('holds what was measured while the tag was on this wearer, and nothing else', async () => {
  const { api } = gateway
  const tagId = `tag-${randomUUID()}`
  await api.post('/tags', { id: tagId })
  const wearer = await api.post('/wearers', { name: 'Short', reference: randomUUID() })
  const period = { from: '2026-06-01T12:01:00Z', to: '2026-06-01T12:03:00Z' }
  await api.post('/orders', { wearerId: wearer.body.id, type: 'licence', from: '2026-01-01T00:00:00Z' })
  const activation = await api.post('/activations', { wearerId: wearer.body.id, tagId, ...period })
  await addFixes(activation.body.id, 5)
  const { body } = await api.get(`/wearers/${wearer.body.id}/track?${SPAN}`)
  const minutes = body.features.map(({ properties }: { properties: { seq: number } }) => properties.seq)
  expect(minutes).toEqual([1, 2])
})

it('holds what was measured while an order was in force, and nothing before or after', async () => {
  const { api } = gateway
  const tagId = `tag-${randomUUID()}`
  await api.post('/tags', { id: tagId })
  const wearer = await api.post('/wearers', { name: 'Ordered', reference: randomUUID() })
  const wearerId = wearer.body.id
  const activation = await api.post('/activations', { wearerId, tagId, from: '2026-01-01T00:00:00Z' })
  await addFixes(activation.body.id, 5)
  const seen = async () => {
    const { body } = await api.get(`/wearers/${wearerId}/track?${SPAN}`)
    return body.features.map(({ properties }: { properties: { seq: number } }) => properties.seq)
  }
  expect(await seen()).toEqual([])
  const order = { wearerId, type: 'bail', from: '2026-06-01T12:01:00Z', to: '2026-06-01T12:03:00Z' }
  await api.post('/orders', order)
  expect(await seen()).toEqual([1, 2])
  await api.post('/orders', { ...order, from: '2026-06-01T12:02:00Z', to: '2026-06-01T12:04:00Z' })
  expect(await seen()).toEqual([1, 2, 3]) // under two orders at once it is still one fix
})

it.each([
  ['application/geo+json', 'application/geo+json; charset=utf-8'],
  ['text/csv;q=0.1, application/json', 'application/json; charset=utf-8'],
  ['application/json;q=0, text/csv', 'text/csv; charset=utf-8; header=present'],
  ['text/html, */*;q=0.8', 'application/json; charset=utf-8'],
])('for Accept: %s is %s', async (accept, type) => {
  expect((await track('', { accept })).headers.get('content-type')).toBe(type)
})

it.each([
  ['without an end', 'from=2026-06-01T12:00:00Z', '/to'],
  ['backwards', 'from=2026-06-02T12:00:00Z&to=2026-06-01T12:00:00Z', 'to'],
  ['of more than 31 days', 'from=2026-06-01T12:00:00Z&to=2026-07-03T12:00:00Z', 'to'],
])('is refused %s', async (_what, query, field) => {
  const answer = await gateway.api.get(`/wearers/${person.wearerId}/track?${query}`)
  expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-query', field } })
})

it('leaves a trace of who looked at whom, and at which time', async () => {
  await track()
  const { body } = await gateway.api.get(`/audit?wearerId=${person.wearerId}`)
  expect(body.items.find(({ what }: { what: string }) => what === 'read-track')).toMatchObject({
    who: 'token:CORDON_ADMIN_TOKEN',
    wearerId: person.wearerId,
    detail: { from: '2026-06-01T12:00:00Z', to: '2026-06-01T13:00:00Z' },
  })
})
