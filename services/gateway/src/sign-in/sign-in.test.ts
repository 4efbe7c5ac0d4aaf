import { createFakeClock, createTestDatabase, type FakeClock, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createApi } from '../testing/api.ts'
import { anAccount, cookieOf, PASSWORD, signedIn, submit } from '../testing/sign-in.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
let clock: FakeClock
beforeAll(async () => {
  database = await createTestDatabase()
  clock = createFakeClock(Date.now())
  gateway = await startTestGateway(database.store, { clock })
  for (const name of ['olive', 'locked', 'idle', 'disabled']) await anAccount(gateway.api, name, 'operator')
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
})

describe('the sign-in page', () => {
  it('is a plain form without anything inline', async () => {
    const page = await (await fetch(`${gateway.base}/sign-in`)).text()
    expect(page).toContain('<label for="name">')
    expect(page).toContain('autocomplete="current-password"')
    expect(page).not.toMatch(/<script|<style|style="|onclick/)
    expect((await fetch(`${gateway.base}/sign-in.css`)).headers.get('content-type')).toContain('text/css')
  })

  it('gives a session to whoever knows the password, in a cookie that scripts and other sites cannot have', async () => {
    const response = await submit(gateway.base, ' Olive ', PASSWORD)
    expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^cordon_session=[\w-]{32};/)
    for (const flag of ['HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Secure')
    const rows = await database.store.query("select encode(token_hash, 'escape') as hash from sessions")
    expect(JSON.stringify(rows)).not.toContain(cookieOf(response).split('=')[1])
    const { body } = await (await signedIn(gateway.base, 'olive')).get('/session')
    expect(body).toEqual({ name: 'olive', displayName: 'olive', role: 'operator' })
  })

  it('marks the cookie Secure where people come over TLS', async () => {
    const behindTls = await startTestGateway(database.store, { publicUrl: 'https://cordon.example' })
    const response = await submit(behindTls.base, 'olive', PASSWORD, { origin: 'https://cordon.example' })
    expect(response.headers.get('set-cookie')).toContain('Secure')
    expect((await submit(behindTls.base, 'olive', PASSWORD)).status).toBe(403)
    await behindTls.stop()
  })

  it('says the same of a wrong password and of a name that nobody has', async () => {
    const [wrong, nobody] = await Promise.all([
      submit(gateway.base, 'olive', 'wrong'),
      submit(gateway.base, 'nobody', 'wrong'),
    ])
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await nobody.text())
    expect(wrong.headers.get('set-cookie')).toBeNull()
  })

  it('locks a name after five wrong passwords, for 30 minutes, also for the right one and at every gateway', async () => {
    const other = await startTestGateway(database.store, { clock })
    for (let i = 0; i < 5; i++) expect((await submit(gateway.base, 'locked', 'wrong')).status).toBe(401)
    expect((await submit(other.base, 'locked', PASSWORD)).status).toBe(429)
    clock.advance(29 * 60_000)
    expect((await submit(gateway.base, 'locked', PASSWORD)).status).toBe(429)
    clock.advance(60_000)
    expect((await submit(gateway.base, 'locked', PASSWORD)).status).toBe(303)
    await other.stop()
  })

  it('lets five attempts of many at once get as far as the password', async () => {
    const sent = Array.from({ length: 20 }, () => submit(gateway.base, 'hurried', 'wrong'))
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses.filter(status => status === 401)).toHaveLength(5)
    expect(statuses.filter(status => status === 429)).toHaveLength(15)
  })

  it('keeps nobody out for ever: an administrator ends a lock, and a token has no name to be locked', async () => {
    await anAccount(gateway.api, 'sole-admin', 'administrator')
    const { body } = await gateway.api.get('/accounts?limit=1000')
    const { id } = body.items.find((account: { name: string }) => account.name === 'sole-admin')
    for (let i = 0; i < 6; i++) await submit(gateway.base, 'sole-admin', 'wrong')
    expect((await submit(gateway.base, 'sole-admin', PASSWORD)).status).toBe(429)
    expect((await gateway.api.call('DELETE', `/accounts/${id}/lockout`)).status).toBe(204)
    expect((await submit(gateway.base, 'sole-admin', PASSWORD)).status).toBe(303)
    expect((await gateway.api.call('DELETE', '/accounts/999/lockout')).status).toBe(404)
  })

  it('keeps no name that was tried in the clear', async () => {
    await submit(gateway.base, 'my-secret-password', 'x')
    const rows = await database.store.query('select * from failed_sign_ins')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain('my-secret')
  })

  it('is not for other sites’ forms', async () => {
    for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }] as Record<string, string>[]) {
      expect((await submit(gateway.base, 'olive', PASSWORD, headers)).status).toBe(403)
    }
  })

  it('lets one address try so many times a minute', async () => {
    const strict = await startTestGateway(database.store, { signInsPerMinute: 2 })
    const statuses = []
    for (const name of ['a1', 'a2', 'a3']) statuses.push((await submit(strict.base, name, 'x')).status)
    expect(statuses).toEqual([401, 401, 429])
    const last = await submit(strict.base, 'a4', 'x')
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await last.json()).toMatchObject({ code: 'too-many-requests' })
    await strict.stop()
  })

  it('leaves a trace, without what was typed into the wrong field', async () => {
    await submit(gateway.base, 'my-secret-password', 'olive')
    const { body } = await gateway.api.get('/audit?limit=1000')
    expect(body.items).toContainEqual(expect.objectContaining({ who: 'olive', what: 'sign-in' }))
    expect(body.items).toContainEqual(expect.objectContaining({ who: 'locked', what: 'sign-in-failed' }))
    expect(JSON.stringify(body)).not.toContain('my-secret-password')
  })
})

describe('a session', () => {
  it('ends with signing out', async () => {
    const browser = await signedIn(gateway.base, 'olive')
    const out = await browser.call('DELETE', '/session')
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')])
    expect((await browser.get('/session')).status).toBe(401)
  })

  it('ends after 120 minutes without a request, and each request puts the end off', async () => {
    const browser = await signedIn(gateway.base, 'idle')
    const rewind = (minutes: number) =>
      database.store.query(
        `update sessions s set expires_at = expires_at - $1 * interval '1 minute',
           last_seen_at = last_seen_at - $1 * interval '1 minute' from accounts p where p.id = s.account_id and p.name = 'idle'`,
        [minutes],
      )
    await rewind(119)
    expect((await browser.get('/session')).status).toBe(200)
    await rewind(119)
    expect((await browser.get('/session')).status).toBe(200)
    await rewind(121)
    expect((await browser.get('/session')).status).toBe(401)
  })

  it('ends at its time however often it is used', async () => {
    const brief = await startTestGateway(database.store, { sessionSeconds: 1 })
    const browser = await signedIn(brief.base, 'idle')
    await database.store.query(`update sessions set last_seen_at = now() - interval '2 minutes'`)
    await vi.waitFor(async () => expect((await browser.get('/session')).status).toBe(401), 20_000)
    await brief.stop()
  })

  it('ends with its account', async () => {
    const browser = await signedIn(gateway.base, 'disabled')
    await database.store.query("update accounts set disabled_at = now() where name = 'disabled'")
    expect((await browser.get('/session')).status).toBe(401)
    expect((await submit(gateway.base, 'disabled', PASSWORD)).status).toBe(401)
  })

  it('changes nothing from another site’s page, and reads as before', async () => {
    const { cookie } = await signedIn(gateway.base, 'olive')
    const foreign: Record<string, string>[] = [
      { cookie },
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie, 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign) {
      const forged = createApi(gateway.base, headers)
      expect(await forged.call('DELETE', '/session')).toMatchObject({ status: 403, body: { code: 'forbidden' } })
      expect((await forged.get('/session')).status).toBe(200)
    }
    const own = createApi(gateway.base, { cookie, 'sec-fetch-site': 'same-origin' })
    expect((await own.call('DELETE', '/session')).status).toBe(204)
  })
})
