import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLifecycle, createLogger, sleep, toError } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import { runEvents } from './cluster/events.ts'
import { createFleet, type Fleet } from './cluster/fleet.ts'
import { followTold } from './cluster/follow-told.ts'
import { measureCost } from './cluster/measure-cost.ts'
import { readClusterOptions } from './cluster/options.ts'
import { runTags } from './cluster/run-tags.ts'
import { type Servers, startServers } from './cluster/start-servers.ts'
import { verifyCluster } from './cluster/verify-cluster.ts'
import { watchPartitions } from './cluster/watch-partitions.ts'
import { describeMachine, readMachine } from './report/machine.ts'
import { renderChecks } from './report/render.ts'
import { formatTable } from './report/table.ts'
import type { ProcessGroup } from './report/usage.ts'
import { planEntries } from './run/plan-entries.ts'
import { planTags, registerAll } from './stack/register.ts'
import { startDatabase } from './stack/start-database.ts'

const say = (line: string) => void process.stderr.write(`${line}\n`)
const DIR = join(tmpdir(), 'cordon-cluster-database')
/** Until the last batches are told, and until what the servers still hold is committed at the latest. */
const SETTLE_MS = 5_000
const COMMIT_MS = 60_000
const STOP_MS = 60_000

/** `npm run cluster`: three NATS servers, one to four ingests and two gateways, and everything that can happen to them under load. */
async function main(): Promise<void> {
  const options = readClusterOptions(process.argv.slice(2))
  const { partitions, leaseMs, calmMs, rate } = options
  const logger = createLogger({ name: 'cluster', level: 'error' })
  const lifecycle = createLifecycle(logger, { stopTimeoutMs: STOP_MS })
  try {
    const database = await lifecycle.start('database', () =>
      startDatabase({ dir: DIR, embedded: options.embedded, logger }),
    )
    const { store } = database
    const tags = planTags(options.tags)
    say(`registering ${tags.length} wearers`)
    await registerAll(store, tags, { tags: tags.length, zones: 4, vertices: 16 })
    const accounts = tags.map(({ id, password }) => ({ id, password, protocol: 'cordon' as const }))
    const servers = await lifecycle.start('servers', () => startServers({ partitions, tags: accounts, logger }))
    const fleet = createFleet({ databaseUrl: database.url, servers: servers.all, partitions, leaseMs })
    await lifecycle.start('fleet', () => fleet)
    const streams = [await fleet.startGateway('g1'), await fleet.startGateway('g2')]
    await fleet.startIngest('a')
    const told = await Promise.all(streams.map(followTold))

    const plan = { entriesPerSecond: 1, warmUpMs: 12_000, windowMs: options.entriesMs }
    const addresses = servers.all.map(({ mqttUrl }) => ({ host: '127.0.0.1', port: Number(new URL(mqttUrl).port) }))
    const running = runTags({ tags: planEntries(tags, plan), servers: addresses, rate })
    await lifecycle.start('tags', () => () => running.end())
    await sleep(calmMs)
    const watch = await lifecycle.start('watch', () => watchPartitions(store, partitions))
    const cost = await measureCost(store, groupsOf(servers, fleet, database.postmasterPid), calmMs)
    const events = await runEvents({ fleet, servers, watch, leaseMs, calmMs, say })
    const published = await running.finish()
    const acknowledged = published.reduce((sum, { fixes, unacknowledged }) => sum + fixes - unacknowledged.length, 0)
    await untilKept(store, acknowledged)
    await sleep(SETTLE_MS)
    const checks = await verifyCluster({ store, published, told, events })
    const rows = events.map(({ name, takeoverMs, blindMs }) => [name, takeoverMs / 1_000, blindMs / 1_000])
    const head = ['', 's until shared again', 's blind at worst']
    process.stdout.write(
      `\n${describeMachine(readMachine())}\n${database.description}; 3 NATS servers, R3, ${partitions} partitions; `,
    )
    process.stdout.write(`${tags.length} tags, ${rate} messages/s, ${running.losses()} connections of tags lost\n\n`)
    const costs = cost.map(({ name, perFixUs }) => [name, perFixUs])
    process.stdout.write(`${formatTable(['at the beginning, one ingest', 'µs of CPU a fix'], costs)}\n\n`)
    process.stdout.write(`${formatTable(head, rows)}\n\n${renderChecks(checks)}\n`)
    const failed = checks.filter(({ isMet }) => !isMet).length
    process.stdout.write(failed === 0 ? '\nPASS\n' : `\nFAIL: ${failed} of ${checks.length} do not hold\n`)
    if (failed > 0) process.exitCode = 1
  } finally {
    await lifecycle.stop('the run is over')
  }
}

async function untilKept(store: Store, count: number): Promise<void> {
  for (const deadline = Date.now() + COMMIT_MS; Date.now() < deadline; await sleep(500)) {
    const [row] = await store.query<{ n: number }>('select count(*)::int as n from fixes')
    if ((row?.n ?? 0) >= count) return
  }
}

const groupsOf = (servers: Servers, fleet: Fleet, postmaster: number): readonly ProcessGroup[] => [
  { name: 'the three NATS servers', pids: servers.all.map(server => server.pid()) },
  { name: 'ingest', pids: [fleet.pid('a')] },
  { name: 'the database', pids: [postmaster], withChildren: true },
]

await main().catch((error: unknown) => {
  say(toError(error).stack ?? String(error))
  process.exitCode = 1
})
// the clients of the gateways come back for ever
process.exit()
