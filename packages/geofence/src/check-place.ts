import type { CheckedRing } from './check-rings.ts'
import type { Box, LonLat } from './geometry.ts'
import type { ProblemLog } from './geometry-problem.ts'

/** Every position has to lie in the service area; one entry for each ring, at its first position outside. */
export function checkRingPlaces(rings: readonly CheckedRing[], area: Box, log: ProblemLog): void {
  for (const { positions, places, path } of rings) {
    const first = positions.findIndex(position => !isInBox(position, area))
    if (first >= 0) report(positions[first], { path: `${path}/${places[first]}`, area }, log)
  }
}

/** A circle counts as where its centre is. */
export function checkCirclePlace(center: LonLat, area: Box, log: ProblemLog): void {
  if (!isInBox(center, area)) report(center, { path: '/center', area }, log)
}

function report([lon, lat]: LonLat, { path, area }: { path: string; area: Box }, log: ProblemLog): void {
  const advice = isInBox([lat, lon], area)
    ? 'Longitude and latitude look swapped: GeoJSON has longitude first.'
    : `Zones have to lie between longitudes ${area[0]} and ${area[2]} and latitudes ${area[1]} and ${area[3]}.`
  log.add('outside-service-area', path, `Longitude ${lon}, latitude ${lat} is outside the service area. ${advice}`, [
    lon,
    lat,
  ])
}

function isInBox([lon, lat]: LonLat, [west, south, east, north]: Box): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north
}
