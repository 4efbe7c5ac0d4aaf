/** Longitude in degrees as a share of the web Mercator square, 0 at 180° W. */
export function mercatorX(lon: number): number {
  return (180 + lon) / 360
}

/** Latitude in degrees as a share of the web Mercator square, 0 at its north edge. */
export function mercatorY(lat: number): number {
  const northing = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return (180 - (180 / Math.PI) * northing) / 360
}
