import { createLifecycle, createLogger, type RunningProcess } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { ProcessGroup } from '../report/usage.ts'
import { freePort } from './free-port.ts'
import { planTags, type RegisteredTag, registerAll } from './register.ts'
import { type RunningBroker, startEmbeddedBroker, startRealBroker } from './start-broker.ts'
import { startDatabase } from './start-database.ts'
import { ADMIN_TOKEN, type ServiceName, startService } from './start-service.ts'

export interface StackOptions {
  readonly tags: number
  readonly zones: number
  readonly vertices: number
  readonly embedded: boolean
  /** Downloads and the database's data. */
  readonly dir: string
  /** Where ingest and gateway write a profile of their CPU when they end. */
  readonly profileDir: string | undefined
  readonly say: (line: string) => void
}

/** Everything that Cordon runs on, on this machine, and a register of people. */
export interface Stack {
  readonly store: Store
  readonly broker: RunningBroker
  readonly tags: readonly RegisteredTag[]
  readonly streamUrl: string
  readonly adminToken: string
  readonly parts: string
  /** Rows of the table of processes. */
  groups(): readonly ProcessGroup[]
  metrics(name: ServiceName): Promise<string>
  /** kill -9, then a new process. */
  killAndRestart(name: ServiceName): Promise<void>
  stop(): Promise<void>
}

const STOP_MS = 60_000

export async function startStack(options: StackOptions): Promise<Stack> {
  const logger = createLogger({ name: 'load', level: 'error' })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: STOP_MS })
  const { dir, embedded, say } = options
  say(`starting the ${embedded ? 'embedded PostgreSQL' : 'TimescaleDB'}`)
  const database = await lifecycle.start('database', () => startDatabase({ dir, embedded, logger }))
  const tags = planTags(options.tags)
  say(`registering ${options.tags} wearers with ${options.zones} zones of ${options.vertices} vertices each`)
  await registerAll(database.store, tags, options)
  const broker = await lifecycle.start('broker', () =>
    embedded ? startEmbeddedBroker(tags) : startRealBroker(tags, logger),
  )
  const ports = { ingest: await freePort(), gateway: await freePort(), http: await freePort() }
  const shared = { CORDON_DATABASE_URL: database.url, CORDON_ADMIN_TOKEN: ADMIN_TOKEN }
  const environment = {
    ingest: { ...shared, ...broker.ingestEnv },
    gateway: { ...shared, ...broker.gatewayEnv, CORDON_HTTP_PORT: String(ports.http) },
  }
  const nodeArgs = options.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`]
  const start = (name: ServiceName) =>
    startService({
      name,
      env: environment[name],
      opsPort: ports[name],
      nodeArgs,
      ...(name === 'gateway' ? { httpPort: ports.http } : {}),
    })
  const running = new Map<ServiceName, RunningProcess>()
  for (const name of ['ingest', 'gateway'] as const) {
    say(`starting ${name}`)
    await lifecycle.start(name, async () => {
      running.set(name, await start(name))
      return () => running.get(name)?.stop()
    })
  }
  const pidOf = (name: ServiceName) => running.get(name)?.pid ?? -1
  return {
    store: database.store,
    broker,
    tags,
    streamUrl: `ws://127.0.0.1:${ports.http}/api/v1/stream`,
    adminToken: ADMIN_TOKEN,
    parts: `${database.description}; ${broker.description}`,
    groups: () => [
      { name: 'ingest', pids: [pidOf('ingest')] },
      { name: 'gateway', pids: [pidOf('gateway')] },
      { name: 'broker', pids: [broker.pid] },
      { name: 'database', pids: [database.postmasterPid], withChildren: true },
    ],
    metrics: async name => (await fetch(`http://127.0.0.1:${ports[name]}/metrics`)).text(),
    killAndRestart: async name => {
      await running.get(name)?.kill()
      running.set(name, await start(name))
    },
    stop: () => lifecycle.stop('the run is over'),
  }
}
