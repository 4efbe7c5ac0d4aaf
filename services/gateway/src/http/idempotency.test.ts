import { randomUUID } from 'node:crypto'
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

const withKey = (key: string = randomUUID()) => ({ 'idempotency-key': key })

it('the same request under the same key is made once, and answered alike', async () => {
  const headers = withKey()
  const first = await gateway.api.post('/wearers', { name: 'W', reference: 'once' }, headers)
  const again = await gateway.api.post('/wearers', { reference: 'once', name: 'W' }, headers)
  expect(again).toMatchObject({ status: 201, body: first.body })
  expect((await gateway.api.get('/wearers?q=once')).body.items).toHaveLength(1)
})

it('two at the same time make one', async () => {
  const headers = withKey()
  const tag = { id: 'twice' }
  const answers = await Promise.all([1, 2, 3].map(() => gateway.api.post('/tags', tag, headers)))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  expect(new Set(answers.map(({ body }) => body.password)).size).toBe(1)
})

it('another request under a used key is refused', async () => {
  const headers = withKey()
  await gateway.api.post('/wearers', { name: 'W', reference: 'first' }, headers)
  expect(await gateway.api.post('/wearers', { name: 'W', reference: 'second' }, headers)).toMatchObject({
    status: 422,
    body: { code: 'idempotency-mismatch', field: 'Idempotency-Key' },
  })
})

it('what failed is not kept: the request can be made again', async () => {
  const headers = withKey()
  const order = { wearerId: '424242', type: 'bail', from: '2026-01-01T00:00:00Z' }
  expect((await gateway.api.post('/orders', order, headers)).status).toBe(422)
  expect((await gateway.api.post('/orders', order, headers)).status).toBe(422)
})

it('one client’s key is nothing to another', async () => {
  const headers = withKey()
  const other = gateway.as(await gateway.token('supervisor'))
  await gateway.api.post('/wearers', { name: 'W', reference: 'mine' }, headers)
  expect((await other.post('/wearers', { name: 'W', reference: 'theirs' }, headers)).status).toBe(201)
})

it('a kept answer shows neither password nor name to whoever reads the table', async () => {
  const { body } = await gateway.api.post('/tags', { id: 'sealed' }, withKey())
  const rows = await database.store.query('select response::text as text from idempotency_keys')
  expect(JSON.stringify(rows)).not.toContain(body.password)
  expect(JSON.stringify(rows)).not.toContain('sealed')
})

it('a key is plain text of at most 255 characters', async () => {
  const answer = await gateway.api.post('/wearers', { name: 'W', reference: 'k' }, withKey('k'.repeat(256)))
  expect(answer).toMatchObject({ status: 400, body: { field: 'Idempotency-Key' } })
})
