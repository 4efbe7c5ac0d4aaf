/**
 * What the hash chain takes: bytes a fix, what the secrets of the activations cost, and how long it takes to verify. Seeded by counting.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… npx tsx --conditions=@cordon/source packages/store/src/chain.bench.ts [fixes] [in a batch]
 */
import { cpus } from 'node:os'
import { type ActivationId, asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestServer } from '@cordon/testkit'
import { createMarker } from './chain/mark-fixes.ts'
import { openSnapshot } from './chain/verify/snapshot.ts'
import { verifyChain } from './chain/verify/verify-chain.ts'
import { openStore } from './connection/open-store.ts'
import { encodeRows } from './write/encode-rows.ts'
import { FIX_COLUMNS } from './write/fix-columns.ts'
import { writeBatch } from './write/write-batch.ts'

const FIXES = Number(process.argv[2] ?? 1_000_000)
const IN_A_BATCH = Number(process.argv[3] ?? 500)
const ACTIVATIONS = 20_000
const START = Date.UTC(2026, 10, 1)
const EVER = { from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) }

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const logger = createLogger({ name: 'bench', level: 'silent' })
const open = () => openStore({ url, applicationName: 'bench', logger, poolSize: 1 })
let store = await open()

/** One fix a minute of every activation. */
function batchFrom(first: number, end = FIXES) {
  const fixes = Array.from({ length: Math.min(IN_A_BATCH, end - first) }, (_, index) => {
    const n = first + index
    const activation = 1 + ((n * 7_919) % ACTIVATIONS)
    const measuredAt = START + Math.floor(n / ACTIVATIONS) * 60_000 + Math.floor((n % ACTIVATIONS) * 3)
    const fix = aFix({ measuredAt, seq: n, lon: -0.9 + (n % 1_000) / 10_000, lat: 52.2 + (n % 777) / 10_000 })
    return { activationId: asId<ActivationId>(String(activation)), fix }
  })
  return aBatch({ fixes })
}

async function write(what: string, from: number, to: number): Promise<void> {
  const [start, cpu] = [performance.now(), process.cpuUsage()]
  for (let first = from; first < to; first += IN_A_BATCH) await writeBatch(store, batchFrom(first, to))
  const { user, system } = process.cpuUsage(cpu)
  const wallUs = ((performance.now() - start) * 1_000) / (to - from)
  console.log(`  ${what.padEnd(52)} ${wallUs.toFixed(0)}, client CPU ${((user + system) / (to - from)).toFixed(1)}`)
}

/** The best of nine rounds of each, in turns, µs. */
function timeMarks(secrets: readonly string[]): readonly number[] {
  const { bytes, ends } = encodeRows(batchFrom(0).fixes, FIX_COLUMNS)
  const markOf = createMarker()
  const time = (given: string): number => {
    const start = performance.now()
    for (let round = 0; round < 100; round++)
      for (let index = 0; index < ends.length; index++) markOf(given, bytes.subarray(ends[index - 1] ?? 0, ends[index]))
    return ((performance.now() - start) * 1_000) / (100 * ends.length)
  }
  const rounds = Array.from({ length: 9 }, () => secrets.map(time))
  return secrets.map((_, which) => Math.min(...rounds.map(round => round[which] ?? Number.NaN)))
}

async function sizeOf(sql: string): Promise<number> {
  const [row] = await store.query<{ bytes: number }>(`select (${sql})::float8 as bytes`)
  return (row?.bytes ?? 0) / FIXES
}

async function verify(): Promise<{ readonly seconds: number; readonly found: number }> {
  const start = performance.now()
  const snapshot = await openSnapshot(url)
  const { found } = await verifyChain(snapshot, EVER, [])
  await snapshot.close()
  return { seconds: (performance.now() - start) / 1_000, found }
}

console.log(`${store.edition}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}`)
const [plain, secret] = timeMarks(['', 's'.repeat(32)])
console.log(`a mark: ${plain?.toFixed(2)} µs without a secret, ${secret?.toFixed(2)} µs with one`)
console.log(`${FIXES} fixes in batches of ${IN_A_BATCH}, of ${ACTIVATIONS} activations; µs a fix:`)
await write('the first of each activation, whose secret is made', 0, ACTIVATIONS)
await write('all others, whose secret is known', ACTIVATIONS, FIXES - ACTIVATIONS)
await store.close()
store = await open()
await write('after a restart, when the secrets are read', FIXES - ACTIVATIONS, FIXES)

const fixes = store.edition === 'plain' ? `pg_total_relation_size('fixes')` : `hypertable_size('fixes')`
const brin = store.edition === 'plain' ? `pg_relation_size('fixes_batch')` : `hypertable_index_size('fixes_batch')`
console.log('bytes a fix: fixes with indexes', (await sizeOf(fixes)).toFixed(1))
console.log('             chain_links with index', (await sizeOf(`pg_total_relation_size('chain_links')`)).toFixed(1))
console.log('             index of batches', (await sizeOf(brin)).toFixed(2), 'and 8 of batch_id, in the first line')

const clean = await verify()
await store.execute(`update fixes set lon = lon + 1e-12 where seq = $1`, [Math.floor(FIXES / 2)])
const altered = await verify()
console.log(
  `verified in ${clean.seconds.toFixed(1)} s: ${clean.found} found; one altered: ${altered.seconds.toFixed(1)} s, ${altered.found} found`,
)
await store.close()
await server.stop()
