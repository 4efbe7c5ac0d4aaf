import { join } from 'node:path'
import { type Lifecycle, type Logger, sleep } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { ToldLog } from '../reader/create-told-log.ts'
import { planEntries } from '../run/plan-entries.ts'
import { planTags, type RegisteredTag, registerAll } from '../stack/register.ts'
import { type RunningDatabase, startDatabase } from '../stack/start-database.ts'
import type { Check } from '../verify/verify.ts'
import { allEvents, type ClusterEvent, essentialEvents, runEvents } from './events.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { followTold } from './follow-told.ts'
import { type Cost, measureCost } from './measure-cost.ts'
import type { ClusterOptions } from './options.ts'
import { type RunningTags, runTags } from './run-tags.ts'
import { type Servers, startServers } from './start-servers.ts'
import { verifyCluster } from './verify-cluster.ts'
import { watchPartitions } from './watch-partitions.ts'

export interface ClusterParts {
  readonly options: ClusterOptions
  readonly dir: string
  readonly lifecycle: Lifecycle
  readonly logger: Logger
  readonly say: (line: string) => void
}

export interface ClusterResult {
  readonly parts: string
  readonly cost: readonly Cost[]
  readonly events: readonly ClusterEvent[]
  readonly checks: readonly Check[]
}

interface Scene {
  readonly database: RunningDatabase
  readonly servers: Servers
  readonly fleet: Fleet
  readonly tags: readonly RegisteredTag[]
  /** A client of each gateway. */
  readonly told: readonly ToldLog[]
}

/** For what comes twice to come. */
const SETTLE_MS = 2_000
const COMMIT_MS = 90_000

/** Everything that can happen to three servers and their ingests under load, or what is essential of it; and what came of it. */
export async function runCluster(parts: ClusterParts): Promise<ClusterResult> {
  const { options, lifecycle, say } = parts
  const scene = await setScene(parts)
  const { database, servers, fleet, tags, told } = scene
  const { store } = database
  const running = await lifecycle.start('tags', () => startTags(scene, options))
  await sleep(options.calmMs)
  const tagIds = tags.map(({ id }) => id)
  const watch = await lifecycle.start('watch', () => watchPartitions({ store, partitions: options.partitions, tagIds }))
  const cost = await measureCost(store, groupsOf(scene), options.calmMs)
  const eventParts = { fleet, servers, watch, leaseMs: options.leaseMs, calmMs: options.calmMs, say }
  const planned = options.isQuick ? essentialEvents(eventParts) : allEvents(eventParts)
  const events = await runEvents(planned, eventParts)
  const published = await running.finish()
  await untilKept(store, published)
  await sleep(SETTLE_MS)
  return {
    parts:
      `${database.description}; 3 NATS servers, R3, ${options.partitions} partitions; ` +
      `${tags.length} tags, ${options.rate} messages/s, ${running.losses()} connections of tags lost`,
    ...{ cost, events },
    checks: await verifyCluster({ store, published, told, events }),
  }
}

/** Up to the first ingest and two gateways with a client each; nobody publishes yet. */
async function setScene({ options, dir, lifecycle, logger, say }: ClusterParts): Promise<Scene> {
  const { embedded, partitions, leaseMs } = options
  const database = await lifecycle.start('database', () => startDatabase({ dir, embedded, logger }))
  const tags = planTags(options.tags)
  say(`registering ${tags.length} wearers`)
  await registerAll(database.store, tags, { tags: tags.length, zones: 4, vertices: 16 })
  const accounts = tags.map(({ id, password }) => ({ id, password, protocol: 'cordon' as const }))
  const servers = await lifecycle.start('servers', () =>
    startServers({ dir: join(dir, 'servers'), partitions, tags: accounts, logger }),
  )
  const fleet = await lifecycle.start('fleet', () =>
    createFleet({ databaseUrl: database.url, servers: servers.all, partitions, leaseMs }),
  )
  const streams = [await fleet.startGateway('g1'), await fleet.startGateway('g2')]
  await fleet.startIngest('a')
  return { database, servers, fleet, tags, told: await Promise.all(streams.map(followTold)) }
}

function startTags({ tags, servers }: Scene, { entriesMs, rate }: ClusterOptions): RunningTags & { stop(): void } {
  const plan = { entriesPerSecond: 1, warmUpMs: 12_000, windowMs: entriesMs }
  const addresses = servers.all.map(({ mqttUrl }) => ({ host: '127.0.0.1', port: Number(new URL(mqttUrl).port) }))
  const running = runTags({ tags: planEntries(tags, plan), servers: addresses, rate })
  return { ...running, stop: () => running.end() }
}

/** What was acknowledged is committed, or will never be. */
async function untilKept(store: Store, published: readonly PublishedTag[]): Promise<void> {
  const acknowledged = published.reduce((sum, { fixes, unacknowledged }) => sum + fixes - unacknowledged.length, 0)
  for (const deadline = Date.now() + COMMIT_MS; Date.now() < deadline; await sleep(500)) {
    const [row] = await store.query<{ n: number }>('select count(*)::int as n from fixes')
    if ((row?.n ?? 0) >= acknowledged) return
  }
}

const groupsOf = ({ servers, fleet, database }: Scene) => [
  { name: 'the three NATS servers', pids: servers.all.map(server => server.pid()) },
  { name: 'ingest', pids: [fleet.pid('a')] },
  { name: 'the database', pids: [database.postmasterPid], withChildren: true },
]
