/** Mean radius of the Earth in metres, the value Turf uses (IUGG), so that both speak of the same ground. */
export const EARTH_RADIUS_M = 6_371_008.8

export const RADIANS_PER_DEGREE = Math.PI / 180

/** Metres along a meridian for one degree of latitude. */
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS_PER_DEGREE

/** Great-circle distance in metres between two positions in degrees (haversine, R. W. Sinnott 1984). */
export function greatCircleM(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RADIANS_PER_DEGREE) / 2)
  const sinLon = Math.sin(((lonB - lonA) * RADIANS_PER_DEGREE) / 2)
  const cosines = Math.cos(latA * RADIANS_PER_DEGREE) * Math.cos(latB * RADIANS_PER_DEGREE)
  const h = sinLat * sinLat + sinLon * sinLon * cosines
  return 2 * EARTH_RADIUS_M * Math.atan2(Math.sqrt(h), Math.sqrt(1 - h))
}

/**
 * Half the width in degrees of longitude of the smallest box that holds every point within `reachM` metres of a
 * position at latitude `lat`: asin(sin δ / cos φ). 180 where the reach holds a pole.
 */
export function lonReachDeg(lat: number, reachM: number): number {
  const reach = Math.min(reachM / EARTH_RADIUS_M, Math.PI / 2)
  const ratio = Math.sin(reach) / Math.cos(lat * RADIANS_PER_DEGREE)
  return ratio < 1 ? Math.asin(ratio) / RADIANS_PER_DEGREE : 180
}
