import { checkCrossings } from './check-crossings.ts'
import { checkNesting } from './check-nesting.ts'
import { checkCirclePlace, checkRingPlaces } from './check-place.ts'
import { type CheckedRing, readRings } from './check-rings.ts'
import type { Box, CheckedGeometry } from './geometry.ts'
import { createProblemLog, type GeometryProblem, type ProblemLog } from './geometry-problem.ts'

/** The British Isles with some sea round them. */
export const DEFAULT_SERVICE_AREA: Box = [-11, 49, 3, 61]

export const DEFAULT_MAX_VERTICES = 20_000

/** A larger circle is a slip (kilometres for metres), or a polygon drawn on purpose says it better. */
export const MAX_RADIUS_M = 100_000

export interface CheckGeometryOptions {
  /** West, south, east, north; every position has to lie in it. Default: the British Isles. */
  readonly serviceArea?: Box
  /** Of all rings together, closing positions apart. Default 20,000. */
  readonly maxVertices?: number
}

export type GeometryCheck =
  | { readonly ok: true; readonly geometry: CheckedGeometry }
  | { readonly ok: false; readonly problems: readonly GeometryProblem[] }

/**
 * Whether something from outside is the geometry of a zone, and if not, what is wrong, where, and what to do; at most
 * 20 problems. What passes is a clean copy: repeated positions, altitudes and foreign members are gone, the direction of
 * rings is left as it came. The steps build on one another, so a later one only sees what passed the earlier ones.
 */
export function checkGeometry(input: unknown, options: CheckGeometryOptions = {}): GeometryCheck {
  const log = createProblemLog()
  const geometry = readGeometry(input, options, log)
  return geometry !== undefined && log.isEmpty() ? { ok: true, geometry } : { ok: false, problems: log.problems }
}

function readGeometry(
  input: unknown,
  { serviceArea = DEFAULT_SERVICE_AREA, maxVertices = DEFAULT_MAX_VERTICES }: CheckGeometryOptions,
  log: ProblemLog,
): CheckedGeometry | undefined {
  const { type, coordinates, center, radius } = membersOf(input)
  switch (type) {
    case 'Circle':
      return readCircle({ center, radius }, serviceArea, log)
    case 'Polygon':
    case 'MultiPolygon': {
      const isMulti = type === 'MultiPolygon'
      const rings = readRings(coordinates, { isMulti, maxVertices }, log)
      checkShapes(rings, serviceArea, log)
      return isMulti ? { type, coordinates: polygonsOf(rings) } : { type, coordinates: rings.map(positionsOf) }
    }
    default:
      log.add('wrong-type', '/type', `Expected a Polygon, MultiPolygon or Circle. ${adviceFor(type)}`)
      return undefined
  }
}

function checkShapes(rings: readonly CheckedRing[], serviceArea: Box, log: ProblemLog): void {
  if (log.isEmpty()) checkRingPlaces(rings, serviceArea, log)
  if (!log.isEmpty()) return
  const touches = checkCrossings(rings, log)
  if (log.isEmpty()) checkNesting(rings, touches, log)
}

function readCircle(
  { center, radius }: { center: unknown; radius: unknown },
  serviceArea: Box,
  log: ProblemLog,
): CheckedGeometry | undefined {
  const [lon, lat]: unknown[] = Array.isArray(center) ? center : []
  const isPlaced = isFiniteNumber(lon) && isFiniteNumber(lat)
  if (isPlaced) checkCirclePlace([lon, lat], serviceArea, log)
  else log.add('not-a-number', '/center', 'Expected the centre as [longitude, latitude], two numbers of degrees.')
  const isSized = isFiniteNumber(radius) && radius > 0 && radius <= MAX_RADIUS_M
  if (!isSized) log.add('radius', '/radius', `Expected a radius in metres above 0 and up to ${MAX_RADIUS_M}.`)
  return isPlaced && isSized ? { type: 'Circle', center: [lon, lat], radius } : undefined
}

function isFiniteNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function membersOf(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {}
}

function adviceFor(type: unknown): string {
  if (type === 'Feature') return 'This is a Feature: send its "geometry" member.'
  if (type === 'FeatureCollection') return 'This is a FeatureCollection: send the "geometry" member of one feature.'
  return 'A zone is an area; give its "type" member one of these names.'
}

function polygonsOf(rings: readonly CheckedRing[]): [number, number][][][] {
  const polygons: [number, number][][][] = []
  for (const ring of rings) {
    polygons[ring.polygon] ??= []
    polygons[ring.polygon].push(positionsOf(ring))
  }
  return polygons
}

function positionsOf({ positions }: CheckedRing): [number, number][] {
  return positions.map(([lon, lat]) => [lon, lat])
}
