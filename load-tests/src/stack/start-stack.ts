import { STREAM_PATH } from '@cordon/contract'
import { createLifecycle, createLogger } from '@cordon/runtime'
import { openStore, type Store } from '@cordon/store'
import type { ProcessGroup } from '../report/usage.ts'
import { planTags, type RegisteredTag, registerAll } from './register.ts'
import { runServices, type Services } from './run-services.ts'
import { type RunningBroker, startEmbeddedBroker, startRealBroker } from './start-broker.ts'
import { type RunningDatabase, startDatabase } from './start-database.ts'
import { type Links, startLinks } from './start-links.ts'
import { ADMIN_TOKEN, type ServiceName } from './start-service.ts'

export interface StackOptions {
  readonly tags: number
  readonly zones: number
  readonly vertices: number
  readonly embedded: boolean
  /** Downloads and the database's data. */
  readonly dir: string
  /** Over proxies that can be cut; they cost, so a measurement goes without. */
  readonly isLinked?: boolean
  /** Where ingest and gateway write a profile of their CPU when they end. */
  readonly profileDir: string | undefined
  /** For ingest's Node, such as the limits of its heap. */
  readonly ingestArgs?: readonly string[]
  /** For Node itself, in each service. */
  readonly nodeArgs?: readonly string[]
  /** Further settings of each service. */
  readonly env?: Readonly<Record<ServiceName, Readonly<Record<string, string>>>>
  readonly say: (line: string) => void
  /** Told of every line that a service writes; standard error when absent. */
  readonly onLine?: (line: string) => void
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
  readonly database: RunningDatabase
  readonly links: Links
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
  const profile = options.profileDir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profileDir}`]
  const nodeArgs = [...profile, ...(options.nodeArgs ?? [])]
  const { links, env, observerUrl } = await startLinks(lifecycle, broker, database.url)
  const more = {
    ingest: { ...options.env?.ingest, ...(options.isLinked === true ? env.ingest : {}) },
    gateway: { ...options.env?.gateway, ...(options.isLinked === true ? env.gateway : {}) },
  }
  const observer = { url: observerUrl, applicationName: 'load', poolSize: 2, logger, statementTimeoutMs: 120_000 }
  const store =
    options.isLinked === true ? await lifecycle.start('observer', () => openStore(observer)) : database.store
  const services = await runServices({
    lifecycle,
    databaseUrl: database.url,
    broker,
    nodeArgs,
    ...(options.ingestArgs === undefined ? {} : { ingestArgs: options.ingestArgs }),
    more,
    say,
    onLine: options.onLine,
  })
  return {
    store,
    broker,
    tags,
    streamUrl: `ws://127.0.0.1:${services.httpPort}${STREAM_PATH}`,
    adminToken: ADMIN_TOKEN,
    parts: `${database.description}; ${broker.description}`,
    services,
    database,
    links,
    groups: () => [
      { name: 'ingest', pids: [services.pid('ingest')] },
      { name: 'gateway', pids: [services.pid('gateway')] },
      { name: 'broker', pids: [broker.pid()] },
      { name: 'database', pids: [database.postmasterPid], withChildren: true },
    ],
    stop: () => lifecycle.stop('the run is over'),
  }
}
