/**
 * Reading the tracks for the preview of a zone: 50 wearers × 14 days × 1 fix a minute = 1,008,000 fixes, stored in the order of
 * receipt as they are in operation. As ratios to one statement per wearer.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… WEARERS=50 npx tsx --conditions=@cordon/source packages/store/src/preview.bench.ts
 */
import { cpus } from 'node:os'
import { type ActivationId, asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import { createTestServer } from '@cordon/testkit'
import { openStore } from './connection/open-store.ts'
import type { Box } from './preview/keep-hours.ts'
import { readPreviewFixes } from './preview/read-preview-fixes.ts'

/** Wearers in the table; 50 of them are asked for. */
const WEARERS = Number(process.env.WEARERS ?? 50)
const ROUNDS = 5
const from = Date.UTC(2026, 10, 1)
const to = from + 14 * 86_400_000

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const logger = createLogger({ name: 'bench', level: 'silent' })
const store = await openStore({ url, applicationName: 'bench', logger, statementTimeoutMs: 600_000 })

/** Each wearer goes round within 5 km of the middle of Northampton, each on a way of their own. */
await store.execute(
  `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, speed_mps, heading_deg, altitude_m, hdop,
                      battery, satellites, source)
   select a, at, m, at + interval '2 s', -0.9 + sin(m / 300.0 + a) / 20, 52.24 + cos(m / 500.0 + a) / 20, 8 + m % 13, 1.2, 90, 70, 0.9,
          80, 9, 0
     from generate_series(0, 14 * 1440 - 1) m cross join generate_series(1, $1::int) a
    cross join lateral (select $2::timestamptz + m * interval '1 minute' as at) clock
    order by m, a`,
  [WEARERS, new Date(from)],
)
await store.execute('vacuum analyze fixes')

const ids = Array.from({ length: 50 }, (_, index) => asId<ActivationId>(String(1 + (index * WEARERS) / 50)))
const ranges = ids.map(activationId => ({ activationId, from, to }))
const far: Box = { west: 1, south: 51, east: 1.1, north: 51.1 }
const street: Box = { west: -0.9, south: 52.24, east: -0.895, north: 52.243 }
const inside: Box = { west: -1, south: 52, east: 0, north: 53 }

async function read(keep: Box | 'all'): Promise<number> {
  let kept = 0
  for await (const tracks of readPreviewFixes(store, {
    ranges,
    keep: keep === 'all' ? keep : { box: keep, after: { fixes: 2, ms: 30_000 } },
  }))
    for (const { columns } of tracks) kept += columns.measuredAt.length
  return kept
}

const WAYS: Record<string, () => Promise<number>> = {
  'one statement per wearer': async () => {
    let count = 0
    for (const range of ranges)
      for await (const tracks of readPreviewFixes(store, { ranges: [range], keep: 'all' }))
        for (const { columns } of tracks) count += columns.measuredAt.length
    return count
  },
  all: () => read('all'),
  'near, everything inside the box': () => read(inside),
  'near, some of it': () => read(street),
  'near, all far': () => read(far),
}

const walls = new Map<string, number[]>()
const kept = new Map<string, number>()
const clients = new Map<string, number>()
for (let round = 0; round < ROUNDS; round++)
  for (const [name, way] of Object.entries(WAYS)) {
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    kept.set(name, await way())
    const { user, system } = process.cpuUsage(cpu)
    walls.set(name, [...(walls.get(name) ?? []), performance.now() - begun])
    clients.set(name, Math.min(clients.get(name) ?? Number.POSITIVE_INFINITY, (user + system) / 1_000))
  }

const median = (values: readonly number[] = []) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
const basis = median(walls.get('one statement per wearer'))
console.log(`${cpus()[0]?.model} × ${cpus().length}, ${WEARERS} wearers stored, medians of ${ROUNDS}`)
for (const [name, values] of walls) {
  const wall = median(values)
  console.log(
    `${name.padEnd(34)} ${wall.toFixed(0).padStart(6)} ms  ${(basis / wall).toFixed(1)} times as fast, best ${Math.min(...values).toFixed(0)} ms, ` +
      `client CPU ${clients.get(name)?.toFixed(0)} ms, ${kept.get(name)} fixes kept`,
  )
}
await store.close()
await server.stop()
