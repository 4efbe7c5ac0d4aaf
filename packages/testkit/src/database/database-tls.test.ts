import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '@cordon/embedded'
import { createLogger } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { realParts } from '../real-parts.ts'

const MAKE_CERTS = fileURLToPath(new URL('../../../../deploy/mosquitto/make-certs.sh', import.meta.url))
const logger = createLogger({ name: 'test', level: 'silent' })

let dir: string
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>
const open = (url: string) => openStore({ url, applicationName: 'test', logger, poolSize: 2 })

/** The same database, by this name, with these parameters. */
function address(host: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(server.url)
  url.hostname = host
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.href
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cordon-database-tls-'))
  chmodSync(dir, 0o755)
  const dataDir = join(dir, 'postgres')
  server = await startEmbeddedPostgres({ dataDir, logger })
  for (const [folder, host] of [
    ['right', 'localhost'],
    ['other', 'localhost'],
  ] as const) {
    execFileSync(MAKE_CERTS, [join(dir, folder), host], { stdio: 'pipe' })
  }
  const key = join(dir, 'right/server/server.key')
  const { uid, gid } = statSync(dataDir)
  chownSync(key, uid, gid)
  const store = await open(server.url)
  await store.execute(`alter system set ssl_cert_file = '${join(dir, 'right/server/server.crt')}'`)
  await store.execute(`alter system set ssl_key_file = '${key}'`)
  await store.execute('alter system set ssl = on')
  await store.execute('select pg_reload_conf()')
  await store.close()
})
afterAll(async () => {
  await server.stop()
  rmSync(dir, { recursive: true })
})

const isEncrypted = async (url: string) => {
  const store = await open(url)
  try {
    const [row] = await store.query<{ ssl: boolean }>('select ssl from pg_stat_ssl where pid = pg_backend_pid()')
    return row?.ssl
  } finally {
    await store.close()
  }
}

describe.runIf(realParts.openssl)('a database with TLS', () => {
  const right = () => join(dir, 'right/ca/ca.crt')

  it('is reached with sslmode=verify-full and the authority of its certificate', async () => {
    const url = address('localhost', { sslmode: 'verify-full', sslrootcert: right() })
    await vi.waitFor(async () => expect(await isEncrypted(url)).toBe(true), { timeout: 20_000, interval: 200 })
  })

  it('is not believed with another authority, under another name, or with an authority that nobody named', async () => {
    const other = { sslmode: 'verify-full', sslrootcert: join(dir, 'other/ca/ca.crt') }
    await expect(open(address('localhost', other))).rejects.toThrow()
    await expect(open(address('127.0.0.1', { sslmode: 'verify-full', sslrootcert: right() }))).rejects.toThrow()
    await expect(open(address('localhost', { sslmode: 'verify-full' }))).rejects.toThrow()
  })

  it('is spoken to in the clear when nothing is said of it', async () => {
    expect(await isEncrypted(server.url)).toBe(false)
  })
})
