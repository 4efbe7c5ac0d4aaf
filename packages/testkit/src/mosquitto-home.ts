import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const DEPLOY = fileURLToPath(new URL('../../../deploy/mosquitto/', import.meta.url))

const MAKE_TAG_CERTS = join(DEPLOY, 'make-tag-certs.sh')

export interface Passwords {
  readonly gateway: string
  readonly ingest: string
}

export interface BrokerPorts {
  readonly plain: number
  readonly tls: number
  readonly certificate: number
}

/** The authority of tags with certificates, and what it has issued, below the broker's home. */
const TAG_CERTIFICATES = 'tag-certificates'

/** Fills the broker's home from deploy/mosquitto: configuration, certificates, accounts. What is there already is kept. */
export function prepareMosquittoHome(home: string, ports: BrokerPorts): Passwords {
  for (const folder of ['site', 'data']) mkdirSync(join(home, folder), { recursive: true })
  cpSync(join(DEPLOY, 'mosquitto.conf'), join(home, 'mosquitto.conf'))
  writeSite(home, 'listeners.conf', [
    ['listener 8883', `listener ${ports.tls} 127.0.0.1`],
    ['listener 8884', `listener ${ports.certificate} 127.0.0.1`],
    ['listener 1883', `listener ${ports.plain} 127.0.0.1`],
  ])
  writeSite(home, 'plugin.conf', [['/usr/lib/mosquitto_dynamic_security.so', findPlugin()]])
  execFileSync(join(DEPLOY, 'make-certs.sh'), [home, 'localhost', '127.0.0.1'], { stdio: 'pipe' })
  cpSync(join(home, 'server'), join(home, 'certs'), { recursive: true })
  execFileSync(MAKE_TAG_CERTS, [join(home, TAG_CERTIFICATES), 'ca'], { stdio: 'pipe' })
  cpSync(join(home, TAG_CERTIFICATES, 'broker'), join(home, 'tags'), { recursive: true })
  const passwords = readPasswords(join(home, 'passwords.json'))
  const env = {
    ...process.env,
    CORDON_BROKER_GATEWAY_PASSWORD: passwords.gateway,
    CORDON_BROKER_INGEST_PASSWORD: passwords.ingest,
  }
  const accounts = join(home, 'data', 'dynamic-security.json')
  execFileSync(process.execPath, [join(DEPLOY, 'init.mjs'), accounts], { env, stdio: 'pipe' })
  giveToBroker(home)
  return passwords
}

/** A file of deploy/mosquitto/site with exact pieces of it replaced; a piece that is not there any more is an error. */
function writeSite(home: string, name: string, replacements: readonly (readonly [string, string])[]): void {
  let text = readFileSync(join(DEPLOY, 'site', name), 'utf8')
  for (const [from, to] of replacements) {
    if (text.split(from).length !== 2) throw new Error(`deploy/mosquitto/site/${name} does not hold "${from}" once`)
    text = text.replace(from, to)
  }
  writeFileSync(join(home, 'site', name), text)
}

function findPlugin(): string {
  const triplets = ['', 'x86_64-linux-gnu/', 'aarch64-linux-gnu/']
  const paths = triplets.map(triplet => `/usr/lib/${triplet}mosquitto_dynamic_security.so`)
  const found = paths.find(existsSync)
  if (found === undefined)
    throw new Error(`no mosquitto_dynamic_security.so: install mosquitto 2 (tried ${paths.join(', ')})`)
  return found
}

function readPasswords(file: string): Passwords {
  if (!existsSync(file)) {
    const secret = () => randomBytes(24).toString('base64url')
    writeFileSync(file, JSON.stringify({ gateway: secret(), ingest: secret() }), { mode: 0o600 })
  }
  return JSON.parse(readFileSync(file, 'utf8')) as Passwords
}

/** The user that the broker runs as when we are root: it refuses to stay root. */
export function brokerUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'mosquitto'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function giveToBroker(home: string): void {
  const user = brokerUser()
  if (user === undefined) return
  chmodSync(home, 0o755)
  execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, home])
}

/** PEM texts of a tag's certificate and key, made by the script that people run. */
export function issueTagCertificate(home: string, tagId: string): { readonly cert: string; readonly key: string } {
  execFileSync(MAKE_TAG_CERTS, [join(home, TAG_CERTIFICATES), 'issue', tagId], { stdio: 'pipe' })
  const read = (ending: string) =>
    readFileSync(join(home, TAG_CERTIFICATES, 'tags', `${tagId.replace('/', '+')}.${ending}`), 'utf8')
  return { cert: read('crt'), key: read('key') }
}

/** Puts a tag's certificate on the list of the revoked, where the broker finds it when it is told to look. */
export function revokeTagCertificate(home: string, tagId: string): void {
  execFileSync(MAKE_TAG_CERTS, [join(home, TAG_CERTIFICATES), 'revoke', tagId], { stdio: 'pipe' })
  cpSync(join(home, TAG_CERTIFICATES, 'broker'), join(home, 'tags'), { recursive: true })
  giveToBroker(home)
}
