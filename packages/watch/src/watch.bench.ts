/**
 * Judged fixes a second on one core, beside Turf, in one run: `npx tsc -b packages/watch && node
 * packages/watch/dist/watch.bench.js` (the code as it is shipped; tsx adds a call to every closure). Seeded, in CPU time; the times are of the machine it runs on, the ratios are the claim.
 *
 * Each wearer has 10 exclusion zones of 64 vertices with a buffer of 100 m. "Far": every fix kilometres from all of them;
 * "home": one fix in ten within a kilometre of a zone; "near": all fixes round the zones' edges. The Turf loop asks, for
 * each of the wearer's zones, inside and distance, and does nothing with the answer.
 */
import { cpus } from 'node:os'
import { asId, type Fix } from '@cordon/contract'
import { compileZone } from '@cordon/geofence'
import { booleanPointInPolygon, pointToPolygonDistance } from '@turf/turf'
import type { Polygon } from 'geojson'
import { judge, type WatchContext } from './judge.ts'
import { defaultPolicy } from './policy.ts'
import { emptyState } from './state.ts'
import { aFix, placeAt, SECOND, START } from './timeline.fixture.ts'

const WEARERS = 500
const ZONES = 10
const VERTICES = 64
const ROUNDS = 60
const random = seeded(11)
let kept = 0

interface Wearer {
  readonly context: WatchContext
  readonly geometries: readonly Polygon[]
}

console.log(`${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}\n`)
console.log('where | zones | judged fixes/s | µs a fix | Turf loop fixes/s | ratio | judgements | mean state, bytes')
const wearers = wearersWith(ZONES)
for (const [where, share] of [
  ['far', 0],
  ['home', 0.1],
  ['near', 1],
] as const)
  bench(where, share, wearers)
const few = bench('far', 0, wearersWith(1), false)
const many = bench('far', 0, wearersWith(100), false)
console.log(`\n1 to 100 zones away from boundaries: a fix costs ${(few / many).toFixed(2)} times as much`)
console.log(`(sum of all answers ${kept.toFixed(0)})`)

function bench(where: string, nearShare: number, all: readonly Wearer[], withTurf = true): number {
  const timelines = all.map(() => timelineOf(nearShare))
  const engine = timeEngine(all, timelines)
  const turf = withTurf ? timeTurf(all, timelines) : undefined
  const cells = [
    where,
    all[0]?.geometries.length ?? 0,
    Math.round(engine.perSecond),
    (1e6 / engine.perSecond).toFixed(2),
    turf === undefined ? '' : Math.round(turf),
    turf === undefined ? '' : (engine.perSecond / turf).toFixed(1),
    engine.judgements,
    Math.round(engine.stateBytes),
  ]
  console.log(cells.join(' | '))
  return engine.perSecond
}

/** The best of eight runs, the first of which warm up; fix by fix across the wearers, as they arrive. */
function timeEngine(all: readonly Wearer[], timelines: readonly (readonly Fix[])[]) {
  let best = { perSecond: 0, judgements: 0, stateBytes: 0 }
  for (let run = 0; run < 8; run++) {
    const states = all.map(emptyState)
    let judgements = 0
    const began = process.cpuUsage()
    for (let round = 0; round < ROUNDS; round++) {
      for (const [w, { context }] of all.entries()) {
        const fix = timelines[w]?.[round]
        const state = states[w]
        if (fix === undefined || state === undefined) continue
        const result = judge(state, { type: 'fix', fix }, context)
        states[w] = result.state
        judgements += result.judgements.length
      }
    }
    const perSecond = (all.length * ROUNDS) / cpuSeconds(began)
    const stateBytes = states.reduce((sum, state) => sum + JSON.stringify(state).length, 0) / all.length
    if (perSecond > best.perSecond) best = { perSecond, judgements, stateBytes }
  }
  return best
}

function timeTurf(all: readonly Wearer[], timelines: readonly (readonly Fix[])[]): number {
  const began = process.cpuUsage()
  let fixes = 0
  for (const [w, { geometries }] of all.slice(0, 50).entries()) {
    for (const { lon, lat } of timelines[w]?.slice(0, 10) ?? []) {
      fixes++
      for (const geometry of geometries) {
        kept += Number(booleanPointInPolygon([lon, lat], geometry))
        kept += pointToPolygonDistance([lon, lat], geometry, { units: 'meters' })
      }
    }
  }
  return fixes / cpuSeconds(began)
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

function wearersWith(zones: number): Wearer[] {
  return Array.from({ length: zones > ZONES ? WEARERS / 10 : WEARERS }, (_, w) => {
    const geometries = Array.from({ length: zones }, (_unused, z) => wobblyRing(z * 3_000))
    const conditions = geometries.map((geometry, z) => ({
      conditionId: asId<WatchContext['conditions'][number]['conditionId']>(`${w}${z}`),
      zoneId: asId<WatchContext['conditions'][number]['zoneId']>(`${z}`),
      zoneVersion: 1,
      kind: 'exclusion' as const,
      from: START - SECOND,
      to: null,
      passes: [],
      zone: compileZone(geometry as Parameters<typeof compileZone>[0], { bufferM: 100 }),
      bufferM: 100,
    }))
    const activationId = asId<WatchContext['activation']['activationId']>(`${w}`)
    const context = { activation: { activationId, from: START, to: null }, conditions, policy: defaultPolicy }
    return { context, geometries }
  })
}

/** One fix every 15 s; near: 0 to 700 m from the middle of the first zone, whose edge is at about 400 m. */
function timelineOf(nearShare: number): Fix[] {
  return Array.from({ length: ROUNDS }, (_, i) => {
    const east = random() < nearShare ? random() * 700 : -20_000 - random() * 10_000
    return aFix({ at: i * 15 * SECOND, east, seq: i, accuracyM: 5 + random() * 40 })
  })
}

function wobblyRing(eastM: number): Polygon {
  const ring = Array.from({ length: VERTICES }, (_, i) => {
    const radiusM = 400 + 60 * random()
    const angle = (2 * Math.PI * i) / VERTICES
    return [...placeAt(eastM + radiusM * Math.cos(angle), radiusM * Math.sin(angle))]
  })
  return { type: 'Polygon', coordinates: [[...ring, [...(ring[0] ?? [])]]] }
}

/** Mulberry32, public domain (T. Ettinger, 2017). */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}
