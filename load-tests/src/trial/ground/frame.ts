/**
 * Scenarios are scripted in metres east (x) and north (y) of an anchor. The sphere is the one that GeoJSON tools in use share
 * (mean radius 6,371,008.8 m); within 20 km of the anchor a scripted metre is off by less than 0.2 %, and truth is asked in degrees.
 */
export type Point = readonly [x: number, y: number]
export type Anchor = readonly [lon: number, lat: number]

const METRES_PER_DEGREE = (6_371_008.8 * Math.PI) / 180

export interface Frame {
  readonly toLonLat: (x: number, y: number) => [lon: number, lat: number]
}

export function createFrame([lon, lat]: Anchor): Frame {
  const metresPerLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return { toLonLat: (x, y) => [lon + x / metresPerLon, lat + y / METRES_PER_DEGREE] }
}
