import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anAccount, signedIn } from '../testing/sign-in.ts'
import { startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'

let database: TestDatabase
let gateway: TestGateway
const folder = mkdtempSync(join(tmpdir(), 'cordon-console-'))
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Console</title>')
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {}')
  writeFileSync(join(folder, 'schematic.pmtiles'), '0123456789')
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store, { consoleFolder: folder })
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
  rmSync(folder, { recursive: true })
})

it('shows its page to whoever is signed in, and everybody else the way there', async () => {
  const stranger = await fetch(gateway.base, { redirect: 'manual' })
  expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/sign-in'])
  await anAccount(gateway.api, 'olive', 'operator')
  const { cookie } = await signedIn(gateway.base, 'olive')
  const page = await fetch(gateway.base, { headers: { cookie } })
  expect(await page.text()).toContain('Console')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
})

it('lets browsers keep what is named by its content, and ask again for the rest', async () => {
  const asset = await fetch(`${gateway.base}/assets/index-abc123.js`)
  expect(asset.headers.get('cache-control')).toContain('immutable')
  expect(asset.headers.get('content-type')).toContain('javascript')
})

it('gives parts of the basemap under a strong tag, and says when nothing has changed', async () => {
  const url = `${gateway.base}/schematic.pmtiles`
  const part = await fetch(url, { headers: { range: 'bytes=2-4' } })
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([206, '234', 'bytes 2-4/10'])
  const etag = part.headers.get('etag') ?? ''
  expect(etag).toMatch(/^"/)
  // Without one of its own, fetch would add `no-cache` to a conditional request.
  const again = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
  expect((await fetch(url, { headers: again })).status).toBe(304)
})

it('gives a part to a browser that holds another part of the same file', async () => {
  const url = `${gateway.base}/schematic.pmtiles`
  const etag = (await fetch(url)).headers.get('etag') ?? ''
  const part = await fetch(url, { headers: { range: 'bytes=2-4', 'if-range': etag } })
  expect([part.status, await part.text()]).toEqual([206, '234'])
  const whole = await fetch(url, { headers: { range: 'bytes=2-4', 'if-range': '"another"' } })
  expect([whole.status, await whole.text()]).toEqual([200, '0123456789'])
})

it('says what is wrong with a part that is not in the file', async () => {
  const answer = await fetch(`${gateway.base}/schematic.pmtiles`, { headers: { range: 'bytes=100-200' } })
  expect([answer.status, await answer.json()]).toMatchObject([416, { code: 'range-not-satisfiable' }])
})

it('gives nothing outside its folder', async () => {
  for (const path of ['/..%2f..%2fetc%2fpasswd', '/assets/../../package.json', '/%00']) {
    expect([path, (await fetch(gateway.base + path)).status]).toEqual([path, 404])
  }
})
