import { connect } from 'node:net'
import { LIMITS } from '@cordon/contract'
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

/** What the server answers to these bytes until it closes the connection. */
const raw = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(gateway.base).port), '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', data => {
      answer += data.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

describe('every answer', () => {
  it('forbids browsers what the console does not need', async () => {
    const { headers } = await fetch(`${gateway.base}/sign-in`)
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; " +
        "img-src 'self' data: blob:; font-src 'self'; media-src 'self'; base-uri 'none'; form-action 'self'; " +
        "frame-ancestors 'none'",
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBeNull()
  })
})

describe('a client', () => {
  it('is asked to wait after so many requests a minute, by address and before it is known who it is', async () => {
    const strict = await startTestGateway(database.store, { requestsPerMinute: 3 })
    const nobody = () => strict.as('nobody').get('/wearers')
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await nobody()).status)
    expect(statuses).toEqual([401, 401, 401, 429])
    const refused = await nobody()
    expect(refused.body).toMatchObject({ code: 'too-many-requests', status: 429 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await fetch(`${strict.base}/sign-in`)).status).toBe(429)
    await strict.stop()
  })

  it('is asked to wait by its token, from whatever address it comes, and others are not', async () => {
    const strict = await startTestGateway(database.store, { requestsPerMinute: 3, trustProxy: ['127.0.0.1'] })
    const [one, other] = [await gateway.token('read-only'), await gateway.token('read-only')]
    const ask = (token: string, address: number) =>
      strict.as(token).get('/wearers', { 'x-forwarded-for': `192.0.2.${address}` })
    const statuses = []
    for (let address = 1; address <= 4; address++) statuses.push((await ask(one, address)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    expect((await ask(other, 9)).status).toBe(200)
    await strict.stop()
  })

  it('may send a large body only where a geometry can be in it', async () => {
    const body = (bytes: number) => JSON.stringify({ name: 'x'.repeat(bytes) })
    const between = LIMITS.smallBodyBytes + 1
    expect(await gateway.api.post('/wearers', body(between))).toMatchObject({
      status: 413,
      body: { code: 'payload-too-large' },
    })
    expect((await gateway.api.post('/zones', body(between))).status).toBe(400)
    expect((await gateway.api.post('/zones', body(LIMITS.bodyBytes))).status).toBe(413)
  })

  it('that sends more headers than there is room for is refused', async () => {
    const answer = await raw(`GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toContain('431')
  })

  it('that does not end its headers is not waited for', async () => {
    // 15 s, and up to 5 s until the server looks.
    expect(await raw('GET /sign-in HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toContain('408')
  }, 40_000)
})

describe('a token', () => {
  it('says when it was used last', async () => {
    const token = await gateway.token('read-only')
    const find = async () => {
      const { body } = await gateway.api.get('/tokens?limit=1000')
      return body.items.at(-1)
    }
    expect(await find()).not.toHaveProperty('lastUsedAt')
    const before = Date.now() - 1_000
    await gateway.as(token).get('/session')
    expect(Date.parse((await find()).lastUsedAt)).toBeGreaterThan(before)
  })

  it('is good until its end', async () => {
    const { body } = await gateway.api.post('/tokens', { name: 'brief', role: 'read-only', to: '2020-01-01T00:00:00Z' })
    expect((await gateway.as(body.token).get('/session')).status).toBe(401)
  })

  it('stands in the database as its hash alone', async () => {
    const token = await gateway.token('read-only')
    const rows = await database.store.query('select name, role, token_hash from api_tokens')
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})
