import { type CompiledZone, edgesOf, type OpenZone, openZone } from './compile-zone.ts'
import { EARTH_RADIUS_M, greatCircleM, METRES_PER_DEGREE } from './earth.ts'
import { isInside } from './is-inside.ts'
import { nearestEdgeM } from './nearest-edge.ts'

/**
 * Metres from a position (degrees) to the zone's boundary, negative inside; the rings of holes are boundary as well.
 * See `nearestEdgeM` for what an edge is and how exact the distance; a circle's is exact.
 *
 * With a cutoff: where |result| < cutoffM the result is the distance; where |result| >= cutoffM the sign is right and
 * the true distance is at least cutoffM as well, but the figure itself means no more than that. So a position far from the
 * zone costs a comparison of boxes, and one deep inside a glance at the edges round it.
 */
export function signedDistanceM(zone: CompiledZone, lon: number, lat: number, cutoffM = Infinity): number {
  const open = openZone(zone)
  const apartM = boxGapM(open, lon, lat, cutoffM)
  if (apartM >= cutoffM) return apartM
  if (open.shape === 'circle') return greatCircleM(lon, lat, open.lon, open.lat) - open.radiusM
  const distanceM = nearestEdgeM(edgesOf(open), lon, lat, cutoffM)
  return isInside(zone, lon, lat) && distanceM > 0 ? -distanceM : distanceM
}

/**
 * A lower bound of the distance to the zone's box as far as it settles that the zone is at least `cutoffM` away,
 * without a trigonometric function: any point nearer than the cutoff lies at most cutoff / R radians of latitude beyond
 * the box, and cos (φ + δ) >= cos φ − δ. The chord of a wide gap is shorter than its arc by Δλ² / 24 (0.1 % at 9°).
 */
function boxGapM(zone: OpenZone, lon: number, lat: number, cutoffM: number): number {
  const [west, south, east, north] = zone.box
  const latGapM = (lat < south ? south - lat : lat > north ? lat - north : 0) * METRES_PER_DEGREE
  if (latGapM >= cutoffM) return latGapM
  const lonGap = lon < west ? west - lon : lon > east ? lon - east : 0
  return lonGap > 0 ? lonGap * METRES_PER_DEGREE * (zone.minCos - cutoffM / EARTH_RADIUS_M) : 0
}
