/** WGS 84 equatorial circumference in metres: the width of the web Mercator square at the equator. */
const circumferenceM = 40_075_016.686
/** MapLibre counts zoom levels in tiles of 512 pixels. */
const tilePixels = 512

/** Longitude in degrees as a share of the web Mercator square, 0 at 180° W. */
export function mercatorX(lon: number): number {
  return (180 + lon) / 360
}

/** Latitude in degrees as a share of the web Mercator square, 0 at its north edge. */
export function mercatorY(lat: number): number {
  const northing = Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360))
  return (180 - (180 / Math.PI) * northing) / 360
}

/** Ground metres that one screen pixel covers at this latitude (degrees) and zoom. */
export function metresPerPixel(lat: number, zoom: number): number {
  return (circumferenceM * Math.cos((lat * Math.PI) / 180)) / (tilePixels * 2 ** zoom)
}
