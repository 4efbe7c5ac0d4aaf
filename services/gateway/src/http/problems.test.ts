import { readdirSync } from 'node:fs'
import { ROUTES, type Route } from '@cordon/contract'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store)
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

it('every route of the table takes its method and refuses a stranger', async () => {
  const stranger = gateway.as('wrong')
  for (const route of Object.values(ROUTES as Record<string, Route>)) {
    const answer = await stranger.call(route.method, route.path.replace('{id}', '1'))
    expect([route.path, answer.status, answer.body.code]).toEqual([route.path, 401, 'unauthenticated'])
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
  }
})

it('lists every problem of a body at once, each with its place', async () => {
  const { status, headers, body } = await gateway.api.post('/wearers', { name: '', mappaLevel: 7, flags: ['x'] })
  expect(status).toBe(400)
  expect(headers.get('content-type')).toContain('application/problem+json')
  expect(body).toMatchObject({ code: 'invalid-body', status: 400, instance: '/api/v1/wearers' })
  const fields = body.problems.map(({ field }: { field: string }) => field)
  expect(fields).toEqual(expect.arrayContaining(['/reference', '/name', '/mappaLevel', '/flags/0']))
})

it('complains of the geometry that was meant, not of the two that were not', async () => {
  const geometry = { type: 'Circle', center: [-0.9, 52.2], radius: -1 }
  const { body } = await gateway.api.post('/zones', { name: 'Z', kind: 'exclusion', geometry })
  expect(body.problems.map(({ field }: { field: string }) => field)).toEqual(['/geometry/radius'])
})

it.each([
  ['what is not JSON', '{"name":', 'application/json', 400, 'invalid-body'],
  ['what is not said to be JSON', '{}', 'text/plain', 415, 'unsupported-media-type'],
  ['two megabytes and more', JSON.stringify('x'.repeat(2_100_000)), 'application/json', 413, 'payload-too-large'],
  ['a prototype', '{"__proto__": {"role": "administrator"}}', 'application/json', 400, 'invalid-body'],
  ['a zero byte', '{"name": "\\u0000", "reference": "r"}', 'application/json', 400, 'invalid-body'],
])('refuses %s', async (_what, body, type, status, code) => {
  const answer = await gateway.api.call('POST', '/wearers', { body, headers: { 'content-type': type } })
  expect([answer.status, answer.body.code]).toEqual([status, code])
})

it('gives the limit to who sent too much, and calls the body by its name', async () => {
  const headers = { 'content-type': 'application/json' }
  const large = await gateway.api.call('POST', '/wearers', { body: JSON.stringify('x'.repeat(2_100_000)), headers })
  expect(large.body.detail).toContain('at most 524288 bytes')
  const list = await gateway.api.call('POST', '/wearers', { body: '[]', headers })
  expect(list.body.detail).toContain('the first: the body must be object')
})

it('takes numbers as numbers only, in bodies; and reads them from addresses', async () => {
  const { status } = await gateway.api.post('/wearers', { name: 'W', reference: 'r', mappaLevel: '2' })
  expect(status).toBe(400)
  expect((await gateway.api.get('/wearers?limit=2')).status).toBe(200)
  for (const limit of ['0', '1001', 'x', '1.5']) {
    expect(await gateway.api.get(`/wearers?limit=${limit}`)).toMatchObject({
      status: 400,
      body: { code: 'invalid-query', field: '/limit' },
    })
  }
})

it('says what an address takes, and that there is nothing at another', async () => {
  const wrong = await gateway.api.call('DELETE', '/wearers')
  expect([wrong.status, wrong.body.code, wrong.headers.get('allow')]).toEqual([405, 'method-not-allowed', 'GET, POST'])
  expect(await gateway.api.get('/nowhere')).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

it('keeps what went wrong inside to itself', async () => {
  const broken = await startTestGateway({
    ...database.store,
    query: (statement, values) => {
      const text = typeof statement === 'string' ? statement : statement.text
      if (text.includes('from forwarders')) throw new Error('a secret of the inside')
      return database.store.query(statement, values)
    },
  })
  const { status, body } = await broken.api.get('/forwarders')
  expect([status, body.code]).toEqual([500, 'internal'])
  expect(JSON.stringify(body)).not.toContain('secret')
  await broken.stop()
})

it('sends the security headers with everything', async () => {
  for (const path of ['/api/v1/session', '/sign-in', '/nowhere']) {
    const { headers } = await fetch(gateway.base + path)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  }
  expect((await fetch(`${gateway.base}/api/v1/session`)).headers.get('cache-control')).toBe('no-store')
})

it('has one file of handlers for each resource', () => {
  const files = readdirSync(new URL('../routes', import.meta.url))
  const resources = Object.values(ROUTES as Record<string, Route>).map(({ path }) => path.split('/')[1])
  expect(files).toEqual(expect.arrayContaining([...new Set(resources)].map(name => `${name}.ts`)))
})
