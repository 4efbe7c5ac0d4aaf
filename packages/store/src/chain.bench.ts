/**
 * What the hash chain takes: bytes a fix, and how long it takes to verify. Seeded by counting.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… npx tsx --conditions=@cordon/source packages/store/src/chain.bench.ts [fixes] [in a batch]
 */
import { cpus } from 'node:os'
import { type ActivationId, asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestServer } from '@cordon/testkit'
import { openSnapshot } from './chain/verify/snapshot.ts'
import { verifyChain } from './chain/verify/verify-chain.ts'
import { openStore } from './connection/open-store.ts'
import { writeBatch } from './write/write-batch.ts'

const FIXES = Number(process.argv[2] ?? 1_000_000)
const IN_A_BATCH = Number(process.argv[3] ?? 500)
const ACTIVATIONS = 20_000
const START = Date.UTC(2026, 10, 1)
const EVER = { from: Date.UTC(2026, 0), to: Date.UTC(2027, 0) }

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const logger = createLogger({ name: 'bench', level: 'silent' })
const store = await openStore({ url, applicationName: 'bench', logger, poolSize: 1 })

/** One fix a minute of every activation. */
function batchFrom(first: number) {
  const fixes = Array.from({ length: Math.min(IN_A_BATCH, FIXES - first) }, (_, index) => {
    const n = first + index
    const activation = 1 + ((n * 7_919) % ACTIVATIONS)
    const measuredAt = START + Math.floor(n / ACTIVATIONS) * 60_000 + Math.floor((n % ACTIVATIONS) * 3)
    const fix = aFix({ measuredAt, seq: n, lon: -0.9 + (n % 1_000) / 10_000, lat: 52.2 + (n % 777) / 10_000 })
    return { activationId: asId<ActivationId>(String(activation)), fix }
  })
  return aBatch({ fixes })
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
const start = performance.now()
for (let first = 0; first < FIXES; first += IN_A_BATCH) await writeBatch(store, batchFrom(first))
console.log(
  `${FIXES} fixes in batches of ${IN_A_BATCH}: written in ${((performance.now() - start) / 1_000).toFixed(0)} s`,
)

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
