import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

describe('a webhook', () => {
  it('shows its secret once, which is nowhere in the database', async () => {
    const { status, body } = await gateway.api.post('/webhooks', {
      name: 'case system',
      url: 'https://cases.example/in',
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      position: '0',
      waiting: '0',
      severities: [],
      secret: expect.stringMatching(/^whsec_/),
    })
    const listed = await gateway.api.get('/webhooks')
    expect(listed.body.items).toEqual([expect.not.objectContaining({ secret: expect.anything() })])
    const secret = Buffer.from(body.secret.slice('whsec_'.length), 'base64')
    const [row] = await database.store.query<{ row: string }>('select to_jsonb(w)::text as row from webhooks w')
    expect(row?.row).not.toContain(secret.toString('hex'))
  })

  it('is gone once it has been ended, and cannot be ended twice', async () => {
    const { body } = await gateway.api.post('/webhooks', { name: 'control room', url: 'http://127.0.0.1:9000/in' })
    expect((await gateway.api.call('DELETE', `/webhooks/${body.id}`)).status).toBe(204)
    expect((await gateway.api.call('DELETE', `/webhooks/${body.id}`)).status).toBe(404)
    const { items } = (await gateway.api.get('/webhooks')).body
    expect(items.map(({ id }: { id: string }) => id)).not.toContain(body.id)
  })

  it.each([
    'http://cases.example/in',
    'https://user:password@cases.example/in',
    'ftp://cases.example',
    'http://127.0.0.1.example/in',
    'javascript:alert(1)',
    '',
  ])('is refused for the address %j', async url => {
    const { status, body } = await gateway.api.post('/webhooks', { name: 'x', url })
    expect([status, body.field]).toEqual([400, '/url'])
  })

  it('is an administrator’s business', async () => {
    for (const role of ['operator', 'supervisor', 'officer', 'auditor']) {
      const api = gateway.as(await gateway.token(role))
      expect((await api.post('/webhooks', { name: 'x', url: 'https://x.example' })).status).toBe(403)
      expect((await api.get('/webhooks')).status).toBe(403)
    }
  })

  it('cannot be made where nothing could be signed', async () => {
    const other = await startTestGateway(database.store, { webhookKey: undefined })
    const { status, body } = await other.api.post('/webhooks', { name: 'x', url: 'https://x.example' })
    await other.stop()
    expect([status, body.detail]).toEqual([409, expect.stringContaining('CORDON_WEBHOOK_KEY')])
  })
})
