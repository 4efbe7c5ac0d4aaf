import type { Position } from 'geojson'
import { expect, test } from 'vitest'
import { bufferRing, circleRing } from './rings.ts'

/** Haversine, in metres: an independent measure of the rings. */
function distanceM([lon1 = 0, lat1 = 0]: Position, [lon2 = 0, lat2 = 0]: Position): number {
  const rad = Math.PI / 180
  const dLat = (lat2 - lat1) * rad
  const dLon = (lon2 - lon1) * rad
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(dLon / 2) ** 2
  return 2 * 6_371_008.8 * Math.asin(Math.sqrt(h))
}

const northampton: Position = [-0.9027, 52.2405]
const metreLat = 1 / 111_195
const metreLon = metreLat / Math.cos((52.2405 * Math.PI) / 180)

function square(sideM: number): Position[] {
  const [lon = 0, lat = 0] = northampton
  const east = lon + sideM * metreLon
  const north = lat + sideM * metreLat
  return [northampton, [east, lat], [east, north], [lon, north], northampton]
}

test.each([8, 250, 900, 25_000])('every corner of a circle of %i m lies on it', radiusM => {
  const ring = circleRing(northampton, radiusM)
  for (const corner of ring) expect(distanceM(northampton, corner)).toBeCloseTo(radiusM, 3)
  expect(ring.at(0)).toEqual(ring.at(-1))
})

test('the buffer of a square reaches out by the buffer and is round at the corners', () => {
  const ring = bufferRing(square(1000), 300)
  const lons = ring.map(([lon = 0]) => lon)
  const [lon0 = 0] = northampton
  expect((lon0 - Math.min(...lons)) / metreLon).toBeCloseTo(300, 0)
  expect((Math.max(...lons) - lon0) / metreLon).toBeCloseTo(1300, 0)
  for (const corner of ring) expect(distanceM(northampton, corner)).toBeGreaterThan(299)
})

test('a clockwise ring has the same buffer as an anticlockwise one', () => {
  const clockwise = bufferRing(square(500).toReversed(), 100)
  const lats = clockwise.map(([, lat = 0]) => lat)
  expect((Math.max(...lats) - 52.2405) / metreLat).toBeCloseTo(600, 0)
})

test('a concave corner leaves no loop inside the buffer', () => {
  const [lon = 0, lat = 0] = northampton
  const at = (east: number, north: number): Position => [lon + east * metreLon, lat + north * metreLat]
  const shape = [at(0, 0), at(1000, 0), at(1000, 1000), at(600, 1000), at(600, 400), at(0, 400), at(0, 0)]
  const ring = bufferRing(shape, 200)
  for (const corner of ring) expect(distanceM(corner, at(600, 400))).toBeGreaterThan(199)
})

test('a ring without an area has no buffer', () => {
  expect(bufferRing([northampton, northampton], 100)).toEqual([])
})
