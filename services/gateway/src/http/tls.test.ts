import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { createLogger } from '@cordon/runtime'
import { createTestDatabase, realParts, type TestDatabase } from '@cordon/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { anAccount, PASSWORD } from '../testing/sign-in.ts'
import { ADMIN_TOKEN, startTestGateway, type TestGateway } from '../testing/start-test-gateway.ts'
import { followTlsFiles, readTlsFiles } from './tls-files.ts'

const MAKE_CERTS = fileURLToPath(new URL('../../../../deploy/mosquitto/make-certs.sh', import.meta.url))
const logger = createLogger({ name: 'test', level: 'silent' })

let dir: string
let database: TestDatabase
let gateway: TestGateway
const file = (name: string) => join(dir, name)
const files = () => ({ certFile: file('used/server.crt'), keyFile: file('used/server.key') })
const ca = () => readFileSync(file('ca/ca.crt'))

/** Another certificate of the same authority, as a renewal makes. */
function renew(): void {
  rmSync(file('server'), { recursive: true, force: true })
  execFileSync(MAKE_CERTS, [dir, 'localhost'], { stdio: 'pipe' })
}
const put = (name: 'server.crt' | 'server.key') => copyFileSync(file(`server/${name}`), file(`used/${name}`))

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cordon-tls-'))
  renew()
  execFileSync('mkdir', [file('used')])
  put('server.crt')
  put('server.key')
  database = await createTestDatabase()
  gateway = await startTestGateway(database.store, { tls: files() })
})
afterAll(async () => {
  await gateway.stop()
  await database.drop()
  rmSync(dir, { recursive: true })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

const port = () => Number(new URL(gateway.base).port)
const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
  new Promise<Answer>((resolve, reject) => {
    const asked = request({ host: 'localhost', port: port(), ca: ca(), method, path, headers }, response => {
      response.resume().on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }))
    })
    asked.on('error', reject).end(body)
  })
const serialOf = (at: number, options: object = {}) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ host: 'localhost', port: at, ca: ca(), ...options }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', reject)
  })

describe.runIf(realParts.openssl)('a gateway with a certificate', () => {
  it('speaks TLS 1.2 and 1.3, nothing older and nothing plain, and says that it always will', async () => {
    const { status, headers } = await ask('GET', '/api/v1/session', { authorization: `Bearer ${ADMIN_TOKEN}` })
    expect([status, headers['strict-transport-security']]).toEqual([200, 'max-age=31536000'])
    for (const version of ['TLSv1.2', 'TLSv1.3']) await serialOf(port(), { minVersion: version, maxVersion: version })
    await expect(serialOf(port(), { minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow()
    await expect(fetch(`http://localhost:${port()}/sign-in`)).rejects.toThrow()
  })

  it('gives a session in a cookie that only this host and only TLS can have set', async () => {
    const plain = await startTestGateway(database.store)
    await anAccount(plain.api, 'tess', 'operator')
    const form = new URLSearchParams({ name: 'tess', password: PASSWORD }).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    const origin = `https://localhost:${port()}`
    const { status, headers } = await ask('POST', '/sign-in', { ...type, origin }, form)
    const [cookie = ''] = headers['set-cookie'] ?? []
    expect(status).toBe(303)
    expect(cookie).toMatch(/^__Host-cordon_session=[\w-]{32}; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    const [pair = ''] = cookie.split(';')
    expect((await ask('GET', '/api/v1/session', { cookie: pair })).status).toBe(200)
    // The same secret under the name that a neighbouring host could set.
    expect((await ask('GET', '/api/v1/session', { cookie: pair.replace('__Host-', '') })).status).toBe(401)
    // A page of this host that came without TLS is not a page of this site.
    const mixed = await ask('POST', '/sign-in', { ...type, origin: origin.replace('https', 'http') }, form)
    expect(mixed.status).toBe(403)
    await plain.stop()
  })

  it('opens the stream by wss', async () => {
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` }
    const socket = new WebSocket(`wss://localhost:${port()}/api/v1/stream`, 'cordon.v1', { ca: ca(), headers })
    const first = await new Promise<string>((resolve, reject) => {
      socket.once('message', data => resolve((data as Buffer).toString()))
      socket.once('error', reject)
    })
    expect(JSON.parse(first)).toMatchObject({ type: 'hello' })
    socket.terminate()
  })
})

describe.runIf(realParts.openssl)('a renewed certificate', () => {
  it('is taken into use without a restart, once its key is there as well', async () => {
    const other = await startTestGateway(database.store, { tls: files() })
    const at = Number(new URL(other.base).port)
    const before = await serialOf(at)
    const contexts: unknown[] = []
    const server = { setSecureContext: (settings: unknown) => void contexts.push(settings) }
    const stop = followTlsFiles(server as never, { files: files(), logger, lookMs: 20 })
    renew()
    put('server.crt')
    expect(() => readTlsFiles(files())).toThrow(/CORDON_TLS_CERT_FILE and CORDON_TLS_KEY_FILE cannot be used/)
    await new Promise(resolve => setTimeout(resolve, 100))
    expect(contexts).toEqual([])
    expect(await serialOf(at)).toBe(before)
    put('server.key')
    await vi.waitFor(() => expect(contexts).toHaveLength(1))
    stop()
    await vi.waitFor(async () => expect(await serialOf(at)).not.toBe(before), 20_000)
    await other.stop()
  }, 40_000)

  it('that does not belong to its key keeps a gateway from starting', async () => {
    writeFileSync(file('no.key'), 'not a key')
    const tls = { certFile: files().certFile, keyFile: file('no.key') }
    await expect(startTestGateway(database.store, { tls })).rejects.toMatchObject({ code: 'invalid-config' })
  })
})
