/**
 * Ways to write fixes, in one run, as ratios to the one in use (insert-fixes.ts). A commit each. Seeded by counting.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… npx tsx --conditions=@cordon/source packages/store/src/write.bench.ts
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { asId, FIX_SOURCES } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestServer } from '@cordon/testkit'
import { Client } from 'pg'
import { type FixesWay, openSeals } from './chain/open-seals.ts'
import { copyIn } from './connection/copy-in.ts'
import { openStore } from './connection/open-store.ts'
import type { ActivationFix } from './write/batch.ts'
import { encodeColumn } from './write/binary-array.ts'
import { copyFixes, frameRows } from './write/copy-fixes.ts'
import { encodeRows } from './write/encode-rows.ts'
import { FIX_COLUMN_NAMES, FIX_COLUMNS } from './write/fix-columns.ts'
import { INSERT_FIXES, insertFixes } from './write/insert-fixes.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7)
const ROWS_PER_ROUND = 10_000
const SIZES = [10, 100, 300, 1_000, 5_000]
const ACTIVATIONS = 20_000
const START = Date.UTC(2026, 10, 1)

let made = 0
/** One fix a minute of every activation, in an order that spreads over them. */
function nextFix(): ActivationFix {
  const n = made++
  const activation = 1 + ((n * 7_919) % ACTIVATIONS)
  const measuredAt = START + Math.floor(n / ACTIVATIONS) * 60_000 + ((activation * 37) % 60_000)
  const fix = aFix({ measuredAt, seq: n, lon: -0.9 + (n % 1_000) / 10_000, lat: 52.2 + (n % 777) / 10_000 })
  return { activationId: asId(String(activation)), fix }
}

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const logger = createLogger({ name: 'bench', level: 'silent' })
const store = await openStore({ url, applicationName: 'bench', logger, poolSize: 1 })
const client = new Client({ connectionString: url })
await client.connect()
await client.query('create temporary table staging (like fixes)')

async function copy(fixes: readonly ActivationFix[], table: string): Promise<void> {
  const text = `copy ${table} (${FIX_COLUMN_NAMES}, batch_id) from stdin (format binary)`
  await copyIn(client, text, frameRows(encodeRows(fixes, FIX_COLUMNS), 1))
}

async function copyThenInsert(fixes: readonly ActivationFix[]): Promise<void> {
  await client.query('begin')
  await copy(fixes, 'staging')
  await client.query(
    'with staged as (delete from staging returning *) insert into fixes select * from staged on conflict do nothing',
  )
  await client.query('commit')
}

function textArrays(fixes: readonly ActivationFix[]): unknown[] {
  const at = (ms: number | null) => (ms === null ? null : new Date(ms))
  return [
    fixes.map(({ activationId }) => activationId),
    fixes.map(({ fix }) => at(fix.measuredAt)),
    fixes.map(({ fix }) => fix.seq),
    fixes.map(({ fix }) => at(fix.receivedAt)),
    fixes.map(({ fix }) => at(fix.sentAt)),
    ...(
      ['lon', 'lat', 'accuracyM', 'speedMps', 'headingDeg', 'altitudeM', 'hdop', 'battery', 'satellites'] as const
    ).map(field => fixes.map(({ fix }) => fix[field])),
    fixes.map(({ fix }) => FIX_SOURCES.indexOf(fix.source)),
  ]
}

/** The same statements as writeBatch's, by one way whatever the gate says. */
async function sealed(fixes: readonly ActivationFix[], way: FixesWay): Promise<void> {
  const seals = await openSeals(store.chain, aBatch({ fixes }))
  await store.transaction(async inside => {
    await seals.prepare(inside)
    await seals.sealRecords(inside)
    await seals.writeFixes(inside, way)
  })
  seals.committed()
}

const WAYS: Record<string, (fixes: readonly ActivationFix[]) => Promise<unknown>> = {
  'unnest of binary arrays, not sealed': fixes => store.transaction(inside => insertFixes(inside, fixes, null)),
  'the same, sealed (in use)': fixes => sealed(fixes, 'insert'),
  'binary COPY, not sealed': fixes => store.transaction(inside => copyFixes(inside, encodeRows(fixes, FIX_COLUMNS), 1)),
  'the same, sealed (in use for large batches)': fixes => sealed(fixes, 'copy'),
  'unnest of text arrays': fixes => store.execute(INSERT_FIXES, [...textArrays(fixes), null]),
  'binary COPY to a staging table, then insert': copyThenInsert,
}

interface Cost {
  readonly wallUs: number
  readonly clientUs: number
  readonly serverUs: number
}

const BACKEND = 'select pg_backend_pid() as pid'
const pids = [
  (await store.query<{ pid: number }>(BACKEND))[0]?.pid,
  (await client.query<{ pid: number }>(BACKEND)).rows[0]?.pid,
]

/** CPU of the two server processes so far, by Linux's count in ticks of 10 ms; 0 when the server is elsewhere. */
function serverCpuUs(): number {
  const ticks = pids.map(pid => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
      return Number(fields[11]) + Number(fields[12])
    } catch {
      return 0
    }
  })
  return ticks.reduce((sum, count) => sum + count, 0) * 10_000
}

async function measure(size: number, write: (fixes: readonly ActivationFix[]) => Promise<unknown>): Promise<Cost> {
  const batches = Array.from({ length: ROWS_PER_ROUND / size }, () => Array.from({ length: size }, nextFix))
  const cpu = process.cpuUsage()
  const serverBefore = serverCpuUs()
  const start = performance.now()
  for (const batch of batches) await write(batch)
  const wallUs = ((performance.now() - start) * 1_000) / ROWS_PER_ROUND
  const { user, system } = process.cpuUsage(cpu)
  const serverUs = (serverCpuUs() - serverBefore) / ROWS_PER_ROUND
  return { wallUs, clientUs: (user + system) / ROWS_PER_ROUND, serverUs }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

console.log(
  `${store.edition}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, medians of ${ROUNDS} rounds`,
)
for (const size of SIZES) {
  const costs = new Map<string, Cost[]>(Object.keys(WAYS).map(name => [name, []]))
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, write] of Object.entries(WAYS)) costs.get(name)?.push(await measure(size, write))
  const reference = median(
    costs
      .values()
      .next()
      .value?.map(({ wallUs }: Cost) => wallUs) ?? [],
  )
  for (const [name, rounds] of costs) {
    const wallUs = median(rounds.map(cost => cost.wallUs))
    const columns = [
      `${size}`.padStart(5),
      name.padEnd(44),
      `${Math.round(1e6 / wallUs).toLocaleString('en')} rows/s`.padStart(16),
      `× ${(reference / wallUs).toFixed(2)}`,
      `CPU server ${median(rounds.map(cost => cost.serverUs)).toFixed(1)} µs/row`,
      `client ${median(rounds.map(cost => cost.clientUs)).toFixed(1)} µs/row`,
    ]
    console.log(columns.join('  '))
  }
}
console.log('encoding 5,000 fixes:', timeEncoding().toFixed(2), 'µs/row')

function timeEncoding(): number {
  const fixes = Array.from({ length: 5_000 }, nextFix)
  const start = performance.now()
  for (let round = 0; round < 50; round++) for (const column of FIX_COLUMNS) encodeColumn(fixes, column)
  return ((performance.now() - start) * 1_000) / (50 * fixes.length)
}

await client.end()
await store.close()
await server.stop()
