import { STREAM_PATH } from '@cordon/contract'
import { createLifecycle, createLogger } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { ProcessGroup } from '../report/usage.ts'
import { planTags, type RegisteredTag, registerAll } from './register.ts'
import { runServices, type Services } from './run-services.ts'
import { type RunningBroker, startEmbeddedBroker, startRealBroker } from './start-broker.ts'
import { startDatabase } from './start-database.ts'
import { ADMIN_TOKEN } from './start-service.ts'

export interface StackOptions {
  readonly tags: number
  readonly zones: number
  readonly vertices: number
  readonly embedded: boolean
  /** Downloads and the database's data. */
  readonly dir: string
  /** Where ingest and gateway write a profile of their CPU when they end. */
  readonly profileDir: string | undefined
  /** For ingest's Node, such as the limits of its heap. */
  readonly ingestArgs?: readonly string[]
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
  readonly services: Services
  /** Rows of the table of processes. */
  groups(): readonly ProcessGroup[]
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
  const nodeArgs = options.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`]
  const services = await runServices({
    lifecycle,
    databaseUrl: database.url,
    broker,
    nodeArgs,
    ingestArgs: options.ingestArgs ?? [],
    say,
  })
  return {
    store: database.store,
    broker,
    tags,
    streamUrl: `ws://127.0.0.1:${services.httpPort}${STREAM_PATH}`,
    adminToken: ADMIN_TOKEN,
    parts: `${database.description}; ${broker.description}`,
    services,
    groups: () => [
      { name: 'ingest', pids: [services.pid('ingest')] },
      { name: 'gateway', pids: [services.pid('gateway')] },
      { name: 'broker', pids: [broker.pid] },
      { name: 'database', pids: [database.postmasterPid], withChildren: true },
    ],
    stop: () => lifecycle.stop('the run is over'),
  }
}
