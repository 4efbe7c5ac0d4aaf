import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './free-port.ts'

const DEPLOY = fileURLToPath(new URL('../../../deploy/', import.meta.url))

const CLIENT = 'ingest-1'

export interface ServedNats {
  /** For ingest: `tls://`. */
  readonly url: string
  /** For tags and the live topics: `mqtts://`. */
  readonly mqttUrl: string
  /** PEM text of the authority that signed the server's certificate. */
  readonly ca: string
  /** PEM texts of a client, of an authority that the server trusts where it asks for a certificate. */
  readonly cert: string
  readonly key: string
  /** The server starts when this file is there, and reads it again when it is another. */
  readonly accountsFile: string
  log(): string
  stop(): Promise<void>
}

export interface ServedNatsOptions {
  /** Ingest has to show a certificate: the one that it gives back. */
  readonly asksForCertificate?: boolean
}

/**
 * This machine's nats-server as docker-compose.yml runs one: by deploy/nats/compose/serve.sh with the site.conf beside it, of which
 * only addresses and paths are replaced, and which is one server and no cluster here.
 */
export async function startServedNats({ asksForCertificate = false }: ServedNatsOptions = {}): Promise<ServedNats> {
  const home = mkdtempSync(join(tmpdir(), 'cordon-nats-'))
  execFileSync(join(DEPLOY, 'mosquitto/make-certs.sh'), [home, 'localhost', '127.0.0.1'], { stdio: 'pipe' })
  const [port, mqttPort, httpPort] = [await freePort(), await freePort(), await freePort()]
  const conf = join(home, 'conf')
  for (const folder of ['conf', 'accounts']) mkdirSync(join(home, folder))
  cpSync(join(DEPLOY, 'nats/nats-server.conf'), join(conf, 'nats-server.conf'))
  const clients = join(home, 'clients')
  for (const args of [['ca'], ['issue', CLIENT]])
    execFileSync(join(DEPLOY, 'mosquitto/make-tag-certs.sh'), [clients, ...args], { stdio: 'pipe' })
  const verify = asksForCertificate ? `ca_file: "${clients}/broker/tags-ca.crt", verify: true` : ''
  writeFileSync(
    join(conf, 'site.conf'),
    replaceAll(readFileSync(join(DEPLOY, 'nats/compose/site.conf'), 'utf8'), [
      [/0\.0\.0\.0:4222/, `127.0.0.1:${port}`],
      [/0\.0\.0\.0:8883/, `127.0.0.1:${mqttPort}`],
      [/127\.0\.0\.1:8222/, `127.0.0.1:${httpPort}`],
      [/"\/data"/, `"${join(home, 'data')}"`],
      [/stream_replicas: 3/, ''],
      [/^cluster \{[^}]*\}/m, ''],
      [/^tls \{/m, `tls { ${verify}`],
      [/\/etc\/nats\/certs/g, join(home, 'server')],
    ]),
  )
  const accountsFile = join(home, 'accounts/accounts.conf')
  const env = {
    ...process.env,
    PATH: `${process.env.PATH}:/usr/sbin:/usr/local/bin`,
    NATS_NAME: 'nats-1',
    TMPDIR: home,
  }
  const child = spawn('sh', [join(DEPLOY, 'nats/compose/serve.sh'), conf, accountsFile], { env })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (log += chunk))
  return {
    ...{ url: `tls://127.0.0.1:${port}`, mqttUrl: `mqtts://127.0.0.1:${mqttPort}`, accountsFile },
    ca: readFileSync(join(home, 'ca/ca.crt'), 'utf8'),
    cert: readFileSync(join(clients, `tags/${CLIENT}.crt`), 'utf8'),
    key: readFileSync(join(clients, `tags/${CLIENT}.key`), 'utf8'),
    log: () => log,
    stop: async () => {
      // it ends when its server has
      const ended = child.exitCode === null ? once(child, 'close') : undefined
      child.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function replaceAll(text: string, replacements: readonly (readonly [RegExp, string])[]): string {
  return replacements.reduce((done, [from, to]) => {
    if (!from.test(done)) throw new Error(`deploy/nats/compose/site.conf does not hold ${from}`)
    from.lastIndex = 0
    return done.replace(from, to)
  }, text)
}
