/**
 * How long `POST /zones/preview` takes for 50 wearers over 14 days at a fix a minute (1,008,000 stored fixes), over HTTP, and how
 * long the gateway's own thread hears nobody meanwhile. Seeded by counting.
 *
 *   CORDON_TEST_DATABASE_URL=postgres://… npx tsx --conditions=@cordon/source services/gateway/src/preview/preview.bench.ts
 */
import { cpus } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createLogger } from '@cordon/runtime'
import { openStore } from '@cordon/store'
import { aMonitoredWearer, createTestServer } from '@cordon/testkit'
import { startTestGateway } from '../testing/start-test-gateway.ts'

const WEARERS = 50
const DAYS = 14
const ROUNDS = 5
const FROM = Date.UTC(2026, 10, 1)
const SPAN = { from: new Date(FROM).toISOString(), to: new Date(FROM + DAYS * 86_400_000).toISOString() }

const server = createTestServer(process.env)
const { url } = await server.create('migrated')
const store = await openStore({
  url,
  applicationName: 'bench',
  logger: createLogger({ name: 'bench', level: 'silent' }),
})
const gateway = await startTestGateway(store, { clock: { now: () => FROM + (DAYS + 1) * 86_400_000 } })

/** Everybody's day: at home with the drift of a still tag, then a walk of some kilometres; in the order in which they would come in. */
async function fill(activationIds: readonly string[]): Promise<void> {
  await store.query(
    `insert into fixes (activation_id, measured_at, seq, received_at, lon, lat, accuracy_m, speed_mps, source)
     select id, at, minute, at + interval '2 s',
            -0.9 + place / 2500.0 + sin(minute / 7.0 + place) / 20000 + case when minute % 1440 > 600 then sin(minute / 240.0) / 50 else 0 end,
            52.24 + cos(minute / 9.0 + place) / 30000, 6 + minute % 11, case when minute % 1440 > 600 then 1.3 else 0 end, 0
     from generate_series(0, $2::int * 1440 - 1) minute
     cross join unnest($1::bigint[]) with ordinality as activation (id, place)
     cross join lateral (select $3::timestamptz + minute * interval '1 minute' as at) measured
     order by minute, id`,
    [activationIds, DAYS, new Date(FROM)],
  )
  await store.query('vacuum analyze fixes')
}

const circle = (lon: number, lat: number, radius: number) => ({ type: 'Circle', center: [lon, lat], radius })
const star = (vertices: number) => {
  const ring = Array.from({ length: vertices }, (_, i) => {
    const reach = i % 2 === 0 ? 0.02 : 0.015
    const angle = (2 * Math.PI * i) / vertices
    return [-0.89 + reach * Math.cos(angle), 52.24 + 0.6 * reach * Math.sin(angle)]
  })
  return { type: 'Polygon', coordinates: [[...ring, ring[0]]] }
}
const DRAFTS = {
  'exclusion far from everybody': { kind: 'exclusion', geometry: circle(1.2, 52.6, 500) },
  'exclusion of 5,000 vertices that many walk through': { kind: 'exclusion', geometry: star(5_000), buffer: 100 },
  'exclusion round everything': { kind: 'exclusion', geometry: circle(-0.89, 52.24, 20_000) },
  'curfew that most keep away from': {
    kind: 'inclusion',
    geometry: circle(-0.9, 52.24, 300),
    hours: {
      timeZone: 'Europe/London',
      weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '19:00', to: '07:00' }],
    },
  },
}

const people = await Promise.all(Array.from({ length: WEARERS }, () => aMonitoredWearer(store)))
await fill(people.map(({ activationId }) => activationId))
const wearerIds = people.map(({ wearerId }) => wearerId)
console.log(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`)
const spread = monitorEventLoopDelay({ resolution: 1 })

async function measure(body: object) {
  spread.reset()
  spread.enable()
  const start = performance.now()
  const answer = await gateway.api.post('/zones/preview', { ...body, ...SPAN, wearerIds })
  const ms = performance.now() - start
  spread.disable()
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return { ms, stallMs: spread.max / 1e6, body: answer.body }
}

const first = await measure(DRAFTS['exclusion far from everybody'])
console.log(`the first one, which starts the thread: ${(first.ms / 1_000).toFixed(2)} s`)
for (const [name, body] of Object.entries(DRAFTS)) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(body))
  rounds.sort((a, b) => a.ms - b.ms)
  const { ms = 0, body: answer } = rounds[ROUNDS >> 1] ?? {}
  const stallMs = Math.max(...rounds.map(round => round.stallMs))
  const perSecond = Math.round(answer.fixes / ms) * 1_000
  const { incidents, nearMisses } = answer.summary
  console.log(
    `${name}: median ${(ms / 1_000).toFixed(2)} s, ${answer.fixes} fixes, ${perSecond} a second, ${incidents} incidents, ${nearMisses} near misses; sockets unheard for at most ${stallMs.toFixed(0)} ms`,
  )
}
await gateway.stop()
await store.close()
await server.stop()
