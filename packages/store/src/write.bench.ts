/**
 * Ways to write fixes, in one run, as ratios to the one in use (insert-fixes.ts). A commit each. Seeded by counting.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… npx tsx --conditions=@cordon/source packages/store/src/write.bench.ts
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { asId, FIX_SOURCES } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { aBatch, aFix, createTestServer } from '@cordon/testkit'
import { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openStore } from './connection/open-store.ts'
import type { ActivationFix } from './write/batch.ts'
import { type Column, encodeColumn } from './write/binary-array.ts'
import { FIX_COLUMNS } from './write/fix-columns.ts'
import { INSERT_FIXES, insertFixes } from './write/insert-fixes.ts'
import { writeBatch } from './write/write-batch.ts'

const ROUNDS = 7
const ROWS_PER_ROUND = 10_000
const SIZES = [100, 300, 1_000, 5_000]
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

const COPY_HEAD = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const COPY_END = Buffer.from([0xff, 0xff])

/** The same columns row by row: what `COPY … (format binary)` takes. */
function encodeRows(fixes: readonly ActivationFix[], columns: readonly Column<ActivationFix>[]): Buffer {
  const width = columns.reduce((sum, column) => sum + 4 + column.width, 2)
  const buffer = Buffer.allocUnsafe(fixes.length * width)
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  let offset = 0
  for (const fix of fixes) {
    view.setInt16(offset, columns.length)
    offset += 2
    for (const column of columns) {
      const isThere = column.write(fix, view, offset + 4)
      view.setInt32(offset, isThere ? column.width : -1)
      offset += isThere ? 4 + column.width : 4
    }
  }
  return Buffer.concat([COPY_HEAD, buffer.subarray(0, offset), COPY_END])
}

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const logger = createLogger({ name: 'bench', level: 'silent' })
const store = await openStore({ url, applicationName: 'bench', logger, poolSize: 1 })
const client = new Client({ connectionString: url })
await client.connect()
await client.query('create temporary table staging (like fixes)')

async function copy(fixes: readonly ActivationFix[], table: string): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} from stdin (format binary)`))
  await pipeline(Readable.from([encodeRows(fixes, FIX_COLUMNS)]), stream)
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

const WAYS: Record<string, (fixes: readonly ActivationFix[]) => Promise<unknown>> = {
  'unnest of binary arrays (in use)': fixes => insertFixes(store, fixes, null),
  'the same inside writeBatch': fixes => writeBatch(store, aBatch({ fixes })),
  'unnest of text arrays': fixes => store.execute(INSERT_FIXES, textArrays(fixes)),
  'binary COPY (fails on a duplicate)': fixes => copy(fixes, 'fixes'),
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
