import type { ActivationId, ZoneId } from '@cordon/contract'
import { asId } from '@cordon/contract'
import { createLogger } from '@cordon/runtime'
import type { WatchConfiguration } from '@cordon/store'
import { emptyState, judgeAll, type WatchState, wrapFix } from '@cordon/watch'
import { createRegisterBook } from './register/register-book.ts'
import { createWatchStates } from './watch-states.ts'

/**
 * What a register of many wearers takes in memory, part by part, with no database and no broker:
 *
 *     npx tsc -b services/ingest
 *     node --expose-gc services/ingest/dist/register-memory.bench.js [wearers] [zones] [vertices]
 */
const [wearers = 25_000, zonesEach = 10, vertices = 64] = process.argv.slice(2).map(Number)
const SINCE = Date.UTC(2020, 0, 1)
/** As start-register.ts reads them. */
const PAGE = 200
const METRE = 1 / 111_320

const book = createRegisterBook(createLogger({ name: 'bench', level: 'fatal' }))
const homeOf = (i: number): [number, number] => [-2 + (i % 158) / 79, 51.6 + Math.floor(i / 158) / 113]

/** The zones of the load test, from home, in degrees: one 400 m away, the others some kilometres around. */
const SHAPES = Array.from({ length: zonesEach }, (_, place) => {
  const angle = (place * 2 * Math.PI) / Math.max(1, zonesEach - 1)
  const away = place === 0 ? 400 : 900 + 150 * place
  return Array.from({ length: vertices }, (_, i) => {
    const turn = (i * 2 * Math.PI) / vertices
    const reach = (100 + 20 * (place % 5)) * (1 + Math.sin(5 * turn) / 8)
    const east = away * Math.cos(angle) + reach * Math.cos(turn)
    const north = away * Math.sin(angle) + reach * Math.sin(turn)
    return [east * METRE * 1.62, north * METRE] as const
  })
})

function zoneOf([lon, lat]: [number, number], place: number) {
  const ring = (SHAPES[place] ?? []).map(([east, north]) => [
    Math.round((lon + east) * 1e7) / 1e7,
    Math.round((lat + north) * 1e7) / 1e7,
  ])
  return { type: 'Polygon' as const, coordinates: [[...ring, ring[0] ?? []]] }
}

function page(from: number): WatchConfiguration {
  const zones = new Map<ZoneId, WatchConfiguration['zones'] extends ReadonlyMap<ZoneId, infer Z> ? Z : never>()
  const activations = Array.from({ length: Math.min(PAGE, wearers - from) }, (_, index) => {
    const i = from + index
    const conditions = Array.from({ length: zonesEach }, (_z, place) => {
      const zoneId = asId<ZoneId>(String(1_000_000 + i * zonesEach + place))
      const geometry = zoneOf(homeOf(i), place)
      zones.set(zoneId, {
        zoneId,
        kind: 'exclusion',
        name: `Zone ${i} of ${place}, near the market`,
        versions: [{ version: 1, geometry, bufferM: 0, from: SINCE, to: null }],
      })
      const conditionId = String(5_000_000 + i * zonesEach + place)
      return {
        conditionId: asId(conditionId),
        zoneId,
        kind: 'exclusion' as const,
        hours: null,
        priority: 0,
        from: SINCE,
        to: null,
        passes: [],
      }
    })
    const [id, wearerId, tagId] = [String(300_000 + i), String(100_000 + i), `L${i}`]
    const activation = {
      id: asId<ActivationId>(id),
      wearerId: asId(wearerId),
      tagId: asId(tagId),
      protocol: 'cordon' as const,
      from: SINCE,
      to: null,
    }
    return { activation, conditions, orders: [], suspensions: [], risk: 'standard' as const }
  })
  return { activations, zones } as unknown as WatchConfiguration
}

const MIB = 1_048_576
let before = memory()
function memory() {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, heapTotal, arrayBuffers, rss } = process.memoryUsage()
  return { heap: heapUsed / MIB, held: heapTotal / MIB, arrays: arrayBuffers / MIB, rss: rss / MIB }
}
function tell(part: string): void {
  const now = memory()
  const more = (now.heap + now.arrays - before.heap - before.arrays).toFixed(0)
  const columns = { heap: now.heap, held: now.held, arrays: now.arrays, resident: now.rss }
  const figures = Object.entries(columns).map(([name, mib]) => `${name} ${mib.toFixed(0).padStart(4)}`)
  console.log(`${part.padEnd(46)} ${more.padStart(5)} MiB more   ${figures.join('   ')}`)
  before = now
}

console.log(`${wearers} wearers, ${zonesEach} zones of ${vertices} vertices each`)
tell('the program')
const startedAt = performance.now()
/** In turns of the event loop, as the real reading is: a weak reference holds what it was made of until the end of the turn. */
async function register(from: number): Promise<void> {
  const read = page(from)
  book.put(
    read,
    read.activations.map(({ activation }) => activation.wearerId),
  )
  await new Promise(resolve => setImmediate(resolve))
}
for (let from = 0; from < wearers; from += PAGE) await register(from)
tell('tags, activations, contexts, conditions, zones')
const registeredMs = performance.now() - startedAt

const judged = new Map<ActivationId, WatchState>()
let at = Date.UTC(2026, 10, 22)
function judgeEverybody(): void {
  at += 60_000
  let i = 0
  for (const { id, context } of book.register.activations()) {
    const [lon, lat] = homeOf(i++)
    const fix = {
      ...{ measuredAt: at, sentAt: null, receivedAt: at, lon, lat, accuracyM: 6, source: 'gnss' as const, seq: 1 },
      ...{ speedMps: 1.2, headingDeg: 271, altitudeM: 77, satellites: 9, hdop: 0.9, battery: 83 },
    }
    judged.set(id, judgeAll(judged.get(id) ?? emptyState(), [wrapFix(fix)], context).state)
  }
}
judgeEverybody()
tell('a state each, and what is near each wearer')
for (let minute = 0; minute < 20; minute++) judgeEverybody()
tell('twenty fixes of everybody later')
const states = createWatchStates(judged, at)
tell('what ingest keeps beside the states')
const { maxRSS } = process.resourceUsage()
console.log(
  `${(maxRSS / 1_024).toFixed(0)} MiB resident at most; ${(registeredMs / wearers).toFixed(2)} ms to register a wearer; states of ${[...states.late()].length} late`,
)
