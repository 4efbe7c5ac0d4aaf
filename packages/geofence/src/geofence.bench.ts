/**
 * What a fix costs against one zone, beside Turf, in one run: `npx tsx --conditions=@cordon/source
 * packages/geofence/src/geofence.bench.ts`. Seeded; the times are of the machine it runs on, the ratios are the claim.
 */
import { cpus } from 'node:os'
import { booleanPointInPolygon, pointToPolygonDistance } from '@turf/turf'
import type { Polygon } from 'geojson'
import { checkGeometry } from './check-geometry.ts'
import { compileZone, edgesOf, type OpenPolygon, openZone, zoneBox } from './compile-zone.ts'
import { isInside } from './is-inside.ts'
import { isInsideByRay } from './ray-crossing.ts'
import { signedDistanceM } from './signed-distance.ts'
import { createZoneIndex } from './zone-index.ts'

const CUTOFF_M = 2_000
const LON = -0.9
const LAT = 52.24

const random = seeded(7)
let kept = 0

console.log(`${process.version} on ${cpus()[0]?.model ?? 'an unknown processor'}; microseconds a call\n`)
benchSizes()
benchCheck()
benchIndex()
console.log(`(sum of all answers ${kept.toFixed(0)})`)

function benchSizes(): void {
  console.log(
    'vertices | far  | near, cutoff | near, full | in the box: inside, Turf, ray | both | Turf inside + distance | ratio',
  )
  const both = new Map<number, number>()
  for (const vertices of [8, 64, 100, 200, 500, 2_000, 10_000, 20_000]) both.set(vertices, benchSize(vertices))
  const ratio = (both.get(10_000) ?? 0) / (both.get(100) ?? 0)
  console.log(`inside + distance: 10,000 vertices cost ${ratio.toFixed(2)} times 100 vertices (aim: at most 3)\n`)
}

function benchSize(vertices: number): number {
  const geometry = wobblyRing(vertices, 800)
  const zone = compileZone(geometry)
  const far = pointsAround(1, 0.4, 1_000)
  const near = pointsAround(0, 0.03, 1_000)
  const [west, south, east, north] = zoneBox(zone)
  const inBox = near.filter(([lon, lat]) => lon > west && lon < east && lat > south && lat < north)
  const inside = time(inBox, (lon, lat) => Number(isInside(zone, lon, lat)))
  const turf = time(inBox, (lon, lat) => Number(booleanPointInPolygon([lon, lat], geometry)))
  const ray = time(inBox, (lon, lat) => Number(isInsideByRay(edgesOf(openZone(zone) as OpenPolygon), lon, lat)))
  const both = time(inBox, (lon, lat) => signedDistanceM(zone, lon, lat, CUTOFF_M))
  const turfBoth = time(inBox.slice(0, 20), (lon, lat) =>
    pointToPolygonDistance([lon, lat], geometry, { units: 'meters' }),
  )
  const cells = [
    time(far, (lon, lat) => signedDistanceM(zone, lon, lat, CUTOFF_M)),
    time(near, (lon, lat) => signedDistanceM(zone, lon, lat, CUTOFF_M)),
    time(near, (lon, lat) => signedDistanceM(zone, lon, lat)),
    inside,
    turf,
    ray,
    both,
    turfBoth,
  ]
  console.log(
    `${String(vertices).padStart(8)} | ${cells.map(cell => cell.toFixed(3)).join(' | ')} | ${(turfBoth / both).toFixed(0)}`,
  )
  return both
}

function benchCheck(): void {
  for (const vertices of [64, 10_000, 20_000]) {
    const geometry = wobblyRing(vertices, 800)
    const started = performance.now()
    const { ok } = checkGeometry(geometry)
    const checked = performance.now()
    compileZone(geometry)
    const compiled = performance.now()
    console.log(
      `${vertices} vertices: checked (${ok ? 'valid' : 'refused'}) in ${(checked - started).toFixed(1)} ms, compiled in ${(compiled - checked).toFixed(1)} ms`,
    )
  }
}

function benchIndex(): void {
  console.log('\nzones | index: visit | loop over signedDistanceM with cutoff')
  for (const count of [1, 10, 20, 40, 80, 100, 200, 1_000]) {
    const zones = Array.from({ length: count }, () => {
      const [lon, lat] = pointAround(0, 0.5)
      return compileZone(wobblyRing(64, 200, [lon, lat]))
    })
    const index = createZoneIndex(zones)
    const points = pointsAround(0, 0.5, 1_000)
    const keep = () => {
      kept++
    }
    const visit = time(points, (lon, lat) => {
      index.visit(lon, lat, CUTOFF_M, keep)
      return 0
    })
    const loop = time(points, (lon, lat) =>
      zones.reduce((sum, zone) => sum + signedDistanceM(zone, lon, lat, CUTOFF_M), 0),
    )
    console.log(`${String(count).padStart(5)} | ${visit.toFixed(3)} | ${loop.toFixed(3)}`)
  }
}

/** Microseconds a call: the best of five rounds, each of at least 20 ms. */
function time(points: readonly [number, number][], ask: (lon: number, lat: number) => number): number {
  let best = Infinity
  for (let round = 0; round < 5; round++) {
    const started = performance.now()
    let calls = 0
    let elapsed = 0
    for (; elapsed < 20; elapsed = performance.now() - started) {
      for (const [lon, lat] of points) kept += ask(lon, lat)
      calls += points.length
    }
    best = Math.min(best, (elapsed * 1_000) / calls)
  }
  return best
}

/** An outline like a drawn or surveyed one: about `radiusM` round, with wobbles of all sizes, never crossing itself. */
function wobblyRing(vertices: number, radiusM: number, [lon, lat]: [number, number] = [LON, LAT]): Polygon {
  const phases = Array.from({ length: 8 }, () => random() * Math.PI * 2)
  const ring = Array.from({ length: vertices }, (_, i) => {
    const angle = (i / vertices) * Math.PI * 2
    const wobble = phases.reduce((sum, phase, k) => sum + Math.sin(angle * 2 ** k + phase) / 2 ** k, 0)
    const radius = (radiusM / 111_195) * (1 + 0.25 * wobble + 0.05 * random())
    return [lon + (Math.cos(angle) * radius) / Math.cos((lat * Math.PI) / 180), lat + Math.sin(angle) * radius]
  })
  return { type: 'Polygon', coordinates: [[...ring, ...ring.slice(0, 1)]] }
}

function pointsAround(offset: number, spread: number, count: number): [number, number][] {
  return Array.from({ length: count }, () => pointAround(offset, spread))
}

function pointAround(offset: number, spread: number): [number, number] {
  return [LON + offset + (random() - 0.5) * spread * 1.6, LAT + offset / 2 + (random() - 0.5) * spread]
}

/** mulberry32 (T. Ettinger, public domain): numbers in [0, 1) that are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
