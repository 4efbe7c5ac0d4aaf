import { type Lifecycle, type RunningProcess, sleep } from '@cordon/runtime'
import { freePort } from './free-port.ts'
import type { RunningBroker } from './start-broker.ts'
import { ADMIN_TOKEN, type ServiceName, startService } from './start-service.ts'

/** Ingest and gateway, each in a process of its own. */
export interface Services {
  readonly httpPort: number
  pid(name: ServiceName): number
  /** What it answers to GET /metrics. */
  metrics(name: ServiceName): Promise<string>
  /** Ends it in good order; `restart` starts it again. */
  halt(name: ServiceName): Promise<void>
  /** What it answers to GET /ready, whatever it says. */
  ready(name: ServiceName): Promise<string>
  signal(name: ServiceName, signal: NodeJS.Signals): void
  /** kill -9. */
  kill(name: ServiceName): Promise<void>
  /** A new process in place of the one that has ended. */
  restart(name: ServiceName): Promise<void>
  /** kill -9, then a new process. */
  killAndRestart(name: ServiceName): Promise<void>
  /** Another ingest beside the first, by this name; it counts as started at once. */
  startSecondIngest(instance: string): Promise<SecondIngest>
  /** Whether it ends by itself within so long. */
  hasEnded(name: ServiceName, ms: number): Promise<boolean>
}

export interface SecondIngest {
  /** Once it does the work. */
  isUp(): Promise<void>
  stop(): Promise<void>
}

export interface ServicesOptions {
  readonly lifecycle: Lifecycle
  readonly databaseUrl: string
  readonly broker: RunningBroker
  /** What differs for one of them, such as the address of a proxy. */
  readonly more?: Readonly<Record<ServiceName, Readonly<Record<string, string>>>>
  /** For Node itself. */
  readonly nodeArgs: readonly string[]
  /** For ingest's alone. */
  readonly ingestArgs?: readonly string[]
  readonly say: (line: string) => void
  /** Told of every line that a service writes; standard error when absent. */
  readonly onLine?: ((line: string) => void) | undefined
}

export async function runServices({
  lifecycle,
  databaseUrl,
  broker,
  nodeArgs,
  ingestArgs = [],
  more = { ingest: {}, gateway: {} },
  say,
  onLine,
}: ServicesOptions): Promise<Services> {
  const ports = { ingest: await freePort(), gateway: await freePort(), http: await freePort() }
  const shared = { CORDON_DATABASE_URL: databaseUrl, CORDON_ADMIN_TOKEN: ADMIN_TOKEN }
  const gateway = { ...shared, ...broker.gatewayEnv, CORDON_HTTP_PORT: String(ports.http), ...more.gateway }
  const ingest = { ...shared, ...broker.ingestEnv, ...more.ingest }
  const common = { nodeArgs, ...(onLine === undefined ? {} : { onLine }) }
  const start = (name: ServiceName) =>
    name === 'ingest'
      ? startService({ ...common, nodeArgs: [...nodeArgs, ...ingestArgs], name, env: ingest, opsPort: ports.ingest })
      : startService({ ...common, name, env: gateway, opsPort: ports.gateway, httpPort: ports.http })
  const running = new Map<ServiceName, RunningProcess>()
  for (const name of ['ingest', 'gateway'] as const) {
    say(`starting ${name}`)
    await lifecycle.start(name, async () => {
      running.set(name, await start(name))
      return () => running.get(name)?.stop()
    })
  }
  const seconds = new Set<RunningProcess>()
  await lifecycle.start('second ingests', () => async () => {
    await Promise.all([...seconds].map(second => second.kill()))
  })
  const kill = async (name: ServiceName) => running.get(name)?.kill()
  const restart = async (name: ServiceName) => void running.set(name, await start(name))
  return {
    httpPort: ports.http,
    pid: name => running.get(name)?.pid ?? -1,
    metrics: async name => (await fetch(`http://127.0.0.1:${ports[name]}/metrics`)).text(),
    halt: async name => {
      await running.get(name)?.stop()
    },
    ready: async name => (await fetch(`http://127.0.0.1:${ports[name]}/ready`)).text(),
    signal: (name, signal) => process.kill(running.get(name)?.pid ?? process.pid, signal),
    kill,
    restart,
    killAndRestart: async name => {
      await kill(name)
      await restart(name)
    },
    startSecondIngest: async instance => {
      const env = { ...ingest, CORDON_INGEST_NAME: instance }
      const opsPort = await freePort()
      const second = await startService({ ...common, name: 'ingest', env, opsPort, waits: false })
      seconds.add(second)
      return { isUp: () => untilReady(opsPort), stop: () => second.stop().finally(() => seconds.delete(second)) }
    },
    hasEnded: async (name, ms) => {
      const ended = running.get(name)?.exited.then(() => true)
      return Promise.race([ended ?? true, sleep(ms).then(() => false)])
    },
  }
}

const READY_MS = 90_000

async function untilReady(opsPort: number): Promise<void> {
  const isReady = () =>
    fetch(`http://127.0.0.1:${opsPort}/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const deadline = Date.now() + READY_MS; !(await isReady()); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(`nothing is ready on port ${opsPort} after ${READY_MS / 1_000} s`)
  }
}
