import { asId, type ZoneId, type ZoneKind } from '@cordon/contract'
import { type CompiledZone, compileZone } from '@cordon/geofence'
import { booleanPointInPolygon, pointToPolygonDistance } from '@turf/turf'
import type { Polygon } from 'geojson'
import type { WatchedCondition } from '../condition/watched-condition.ts'
import { placeAt, START } from './timeline.fixture.ts'

/** Metres east and north of the middle of the county that the benches play in. */
export type Metres = readonly [east: number, north: number]

/** A zone as it is drawn and as it is compiled. */
export interface DrawnZone {
  readonly zoneId: ZoneId
  readonly middle: Metres
  readonly radiusM: number
  readonly kind: ZoneKind
  readonly bufferM: number
  readonly geometry: Polygon
  readonly compiled: CompiledZone
}

export type Random = () => number

export interface Drawing {
  readonly middle: Metres
  readonly radiusM: number
  readonly vertices: number
  readonly kind?: ZoneKind
  readonly bufferM?: number
}

/** An outline like a drawn or surveyed one: `radiusM` round, give or take a fifth, and never crossing itself. */
export function drawZone(random: Random, { middle, radiusM, vertices, kind = 'exclusion', bufferM = 0 }: Drawing) {
  const phases = Array.from({ length: 6 }, () => random() * Math.PI * 2)
  const ring = Array.from({ length: vertices }, (_, i) => {
    const angle = (i / vertices) * Math.PI * 2
    const wobble = phases.reduce((sum, phase, k) => sum + Math.sin(angle * 2 ** k + phase) / 2 ** k, 0)
    const reachM = radiusM * (1 + 0.1 * wobble + 0.02 * random())
    return [...placeAt(middle[0] + Math.cos(angle) * reachM, middle[1] + Math.sin(angle) * reachM)]
  })
  const geometry: Polygon = { type: 'Polygon', coordinates: [[...ring, [...(ring[0] ?? [])]]] }
  const compiled = compileZone(geometry as Parameters<typeof compileZone>[0], { bufferM })
  const zoneId = asId<ZoneId>(`${Math.floor(random() * 1e9)}`)
  return { zoneId, middle, radiusM, kind, bufferM, geometry, compiled } satisfies DrawnZone
}

const NO_PASSES: WatchedCondition['passes'] = []

/** Every order has conditions of its own, also for a zone that serves many. */
export function conditionsFor(
  wearer: number,
  zones: readonly DrawnZone[],
  hoursOf: (zone: DrawnZone) => WatchedCondition['hours'] = () => null,
): WatchedCondition[] {
  return zones.map((zone, z) => ({
    conditionId: asId(`${wearer * 1_000 + z}`),
    zoneId: zone.zoneId,
    zoneVersion: 1,
    kind: zone.kind,
    priority: 0,
    hours: hoursOf(zone),
    from: START - 86_400_000,
    to: null,
    passes: NO_PASSES,
    zone: zone.compiled,
    bufferM: zone.bufferM,
  }))
}

/** What is written down first: for each zone, is it inside, and how far is the boundary? */
export function turfLoop(zones: readonly DrawnZone[], lon: number, lat: number): number {
  let sum = 0
  for (const { geometry } of zones) {
    sum += Number(booleanPointInPolygon([lon, lat], geometry))
    sum += pointToPolygonDistance([lon, lat], geometry, { units: 'meters' })
  }
  return sum
}

/** Mulberry32, public domain (T. Ettinger, 2017): numbers in [0, 1) that are the same in every run. */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
