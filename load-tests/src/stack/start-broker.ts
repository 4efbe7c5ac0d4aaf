import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDynamicSecurityAccounts } from '@cordon/live'
import type { Logger } from '@cordon/runtime'
import { startMosquitto } from '@cordon/testkit'
import type { TagAccount } from '../generator/connect-tag.ts'
import { childrenOf } from '../report/usage.ts'
import type { FromBroker, ToBroker } from './broker-messages.ts'
import { startWorker } from './start-worker.ts'

export interface RunningBroker {
  readonly host: string
  readonly port: number
  readonly pid: () => number
  readonly description: string
  /** What each service is told of it. */
  readonly ingestEnv: Readonly<Record<string, string>>
  readonly gatewayEnv: Readonly<Record<string, string>>
  /** kill -9. */
  kill(): Promise<void>
  /** A new process on the same port with what the last one had kept. */
  restart(): Promise<void>
  stop(): Promise<void>
}

interface Account {
  readonly username: string
  readonly password: string
}

const signIn = (url: string, { username, password }: Account) => ({
  CORDON_MQTT_URL: url,
  CORDON_MQTT_USERNAME: username,
  CORDON_MQTT_PASSWORD: password,
})

/**
 * Everything shares this machine's cores. A Mosquitto that does not get enough of them reads one acknowledgement of ingest's for many
 * messages of tags, keeps what it has long delivered, and at 1 GiB of it throws away what comes (docs/reliability.md).
 */
const BEFORE_ALL_OTHERS = -10

/** This machine's Mosquitto with the deployed configuration, and an account for each tag that may publish below its own id only. */
export async function startRealBroker(tags: readonly TagAccount[], logger: Logger): Promise<RunningBroker> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-load-broker-'))
  const first = await startMosquitto({ dir })
  const model = await makeModelAccount(first, logger)
  await first.stop()
  addAccounts(join(dir, 'data', 'dynamic-security.json'), model, tags)
  const mosquitto = await startMosquitto({ dir, priority: BEFORE_ALL_OTHERS })
  const { hostname, port } = new URL(mosquitto.url)
  return {
    host: hostname,
    port: Number(port),
    pid: () => childrenOf(process.pid).find(({ name }) => name === 'mosquitto')?.pid ?? -1,
    description: 'Mosquitto, QoS 1, one account a tag',
    ingestEnv: signIn(mosquitto.url, mosquitto.ingest),
    gatewayEnv: { ...signIn(mosquitto.url, mosquitto.admin), CORDON_BROKER_ACCOUNTS: 'dynamic-security' },
    kill: mosquitto.kill,
    restart: mosquitto.restart,
    stop: async () => {
      await mosquitto.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

const MODEL: TagAccount = { id: 'model-of-all-tags', password: randomBytes(24).toString('base64url') }

/** The account as the gateway makes it. */
async function makeModelAccount(
  { url, admin }: { readonly url: string; readonly admin: Account },
  logger: Logger,
): Promise<string> {
  const accounts = await createDynamicSecurityAccounts({ url, ...admin, clientId: 'load.accounts', logger })
  await accounts.putTag(MODEL.id, 'cordon', MODEL.password)
  await accounts.close()
  return MODEL.id
}

interface Named {
  readonly username?: string
  readonly rolename?: string
}

interface SecurityFile {
  clients: Named[]
  roles: Named[]
}

/**
 * Copies the model account for each tag, in the file of a stopped broker. Over the control topic each account costs Mosquitto a
 * rewrite of the whole file: 1,000 accounts take half a minute, 2,000 two.
 */
function addAccounts(file: string, model: string, tags: readonly TagAccount[]): void {
  const security = JSON.parse(readFileSync(file, 'utf8')) as SecurityFile
  const client = JSON.stringify(security.clients.find(({ username }) => username === model))
  const role = JSON.stringify(security.roles.find(({ rolename }) => rolename?.endsWith(`.${model}`)))
  const copy = (json: string, id: string) => JSON.parse(json.replaceAll(model, id)) as Named
  security.clients.push(...tags.map(tag => ({ ...copy(client, tag.id), ...hashed(tag.password) })))
  security.roles.push(...tags.map(tag => copy(role, tag.id)))
  writeFileSync(file, JSON.stringify(security))
}

const ITERATIONS = 101

function hashed(password: string): object {
  const salt = randomBytes(12)
  const hash = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512')
  return { password: hash.toString('base64'), salt: salt.toString('base64'), iterations: ITERATIONS }
}

const SERVICE: Account = { username: 'cordon.service', password: randomBytes(24).toString('base64url') }
const START_MS = 20_000

/** The embedded broker in a process of its own, keeping its sessions on the disk as `npm start` does. */
export async function startEmbeddedBroker(tags: readonly TagAccount[]): Promise<RunningBroker> {
  const dir = mkdtempSync(join(tmpdir(), 'cordon-load-broker-'))
  let worker = startWorker<ToBroker, FromBroker>('broker')
  const start = (on: number) =>
    worker.ask({ type: 'start', dir, tags, service: SERVICE, port: on }, 'started', START_MS)
  const { port } = await start(0)
  const env = { ...signIn(`mqtt://127.0.0.1:${port}`, SERVICE), CORDON_MQTT_PROTOCOL: '4' }
  return {
    host: '127.0.0.1',
    port,
    pid: () => worker.pid,
    description: 'embedded broker, QoS 1, one account a tag',
    ingestEnv: env,
    gatewayEnv: { ...env, CORDON_BROKER_ACCOUNTS: 'database' },
    kill: () => worker.kill(),
    restart: async () => {
      worker = startWorker('broker')
      await start(port)
    },
    stop: async () => {
      await worker.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
