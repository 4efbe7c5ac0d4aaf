import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type BrokerProtocol, renderAccounts, toBrokerUser } from '@cordon/jetstream'
import { freePort } from './free-port.ts'

const BINARIES = ['/usr/sbin/nats-server', '/usr/local/bin/nats-server', '/opt/homebrew/bin/nats-server']
const CONF = fileURLToPath(new URL('../../../deploy/nats/nats-server.conf', import.meta.url))
/** One that comes back to its cluster is well when it has what it missed. */
const START_MS = 60_000
const STOP_MS = 10_000

export interface NatsTag {
  readonly id: string
  readonly protocol: BrokerProtocol
  /** As it is: the server takes it for a password and not for a hash when it does not begin with `$2`. */
  readonly password: string
}

export interface NatsServerOptions {
  readonly partitions: number
  readonly tags: readonly NatsTag[]
  /** Its home; kept by `stop` when given. */
  readonly dir?: string
  /** Ports of the routes of the cluster's servers; its own is the one at `index`. */
  readonly cluster?: { readonly index: number; readonly routePorts: readonly number[] }
}

export interface NatsAccount {
  readonly username: string
  readonly password: string
}

export interface NatsServer {
  /** For ingest: `nats://`. */
  readonly url: string
  /** For tags and the live topics: `mqtt://`. */
  readonly mqttUrl: string
  readonly ingest: NatsAccount
  readonly live: NatsAccount
  /** Where its accounts stand, and the file that names its process: what the program of the deployment works on. */
  readonly accountsFile: string
  readonly pidFile: string
  pid(): number
  log(): string
  kill(): Promise<void>
  /** Starts it again on the same ports with the same data. */
  start(): Promise<void>
  stop(): Promise<void>
}

const INGEST: NatsAccount = { username: 'cordon.ingest', password: 'ingest-password' }
const LIVE: NatsAccount = { username: 'cordon.live', password: 'live-password' }

/** This machine's nats-server with the configuration of deploy/nats, in which nothing but site.conf is this machine's. */
export async function startNatsServer(options: NatsServerOptions): Promise<NatsServer> {
  const home = options.dir ?? mkdtempSync(join(tmpdir(), 'cordon-nats-'))
  mkdirSync(home, { recursive: true })
  const [port, mqttPort, httpPort] = [await freePort(), await freePort(), await freePort()]
  cpSync(CONF, join(home, 'nats-server.conf'))
  writeFileSync(join(home, 'site.conf'), renderSite(home, { port, mqttPort, httpPort }, options.cluster))
  const users = options.tags.map(({ id, protocol, password }) =>
    toBrokerUser({ username: id, protocol, passwordHash: password }, options.partitions),
  )
  const services = { ingest: INGEST.password, live: LIVE.password, system: 'system-password' }
  writeFileSync(join(home, 'accounts.conf'), renderAccounts({ partitions: options.partitions, services, users }))
  const server = createProcess(home, `http://127.0.0.1:${httpPort}/healthz?js-server-only=true`)
  await server.start()
  return {
    url: `nats://127.0.0.1:${port}`,
    mqttUrl: `mqtt://127.0.0.1:${mqttPort}`,
    ingest: INGEST,
    live: LIVE,
    accountsFile: join(home, 'accounts.conf'),
    pidFile: join(home, 'pid'),
    pid: server.pid,
    log: server.log,
    kill: () => server.end('SIGKILL'),
    start: server.start,
    stop: async () => {
      await server.end('SIGTERM')
      if (options.dir === undefined) rmSync(home, { recursive: true, force: true })
    },
  }
}

interface Ports {
  readonly port: number
  readonly mqttPort: number
  readonly httpPort: number
}

function renderSite(home: string, { port, mqttPort, httpPort }: Ports, cluster: NatsServerOptions['cluster']): string {
  const routes = cluster?.routePorts.map(route => `nats://127.0.0.1:${route}`).join(', ')
  return [
    `server_name: nats-${cluster?.index ?? 0}`,
    `listen: 127.0.0.1:${port}`,
    `http: 127.0.0.1:${httpPort}`,
    `pid_file: "${join(home, 'pid')}"`,
    `jetstream { store_dir: "${join(home, 'data')}", max_file_store: 2GB }`,
    `mqtt { listen: 127.0.0.1:${mqttPort}${cluster === undefined ? '' : ', stream_replicas: 3'} }`,
    ...(cluster === undefined
      ? []
      : [`cluster { name: cordon, listen: 127.0.0.1:${cluster.routePorts[cluster.index]}, routes: [${routes}] }`]),
  ].join('\n')
}

function createProcess(home: string, health: string) {
  let child: ChildProcess | undefined
  let log = ''
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null
  // A test that ends without stopping its server must not leave it to the machine.
  const forsake = () => child?.kill('SIGKILL')

  const start = async () => {
    process.once('exit', forsake)
    const binary = BINARIES.find(existsSync) ?? 'nats-server'
    child = spawn(binary, ['-c', 'nats-server.conf'], { cwd: home, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (log += chunk))
    child.on('error', error => (log += `${error}\n`))
    // In a cluster it is healthy only once the others are there: whoever starts them starts them together.
    for (const deadline = Date.now() + START_MS; !(await isHealthy(health)); await sleep(20)) {
      if (!isRunning() || Date.now() > deadline) throw new Error(`nats-server did not start:\n${log.slice(-2000)}`)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    if (child === undefined || !isRunning()) return
    const ended = once(child, 'exit')
    const forced = setTimeout(() => child?.kill('SIGKILL'), STOP_MS)
    child.kill(signal)
    await ended
    clearTimeout(forced)
    process.off('exit', forsake)
  }
  return { start, end, pid: () => child?.pid ?? -1, log: () => log }
}

const isHealthy = (url: string): Promise<boolean> =>
  fetch(url).then(
    answer => answer.ok,
    () => false,
  )
