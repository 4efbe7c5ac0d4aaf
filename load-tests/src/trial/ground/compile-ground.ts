import { bbox, booleanPointInPolygon, distance, multiPolygon } from '@turf/turf'
import { boundaryDistanceM } from './boundary-distance.ts'
import type { Frame } from './frame.ts'
import { type Shape, toGeometry } from './shape.ts'

/** What is true of a zone on the ground, by Turf and plane geometry: nothing of it comes from the engine that is on trial. */
export interface Ground {
  /** Degrees. */
  contains(lon: number, lat: number): boolean
  /** Metres in the scenario's frame to the boundary, whichever side. */
  boundaryM(x: number, y: number): number
}

type Contains = Ground['contains']

/** No degree of latitude is shorter than this anywhere on the sphere, with a little to spare. */
const LEAST_METRES_PER_DEGREE = 111_000

export function compileGround(shape: Shape, frame: Frame): Ground {
  return { contains: withMemory(containsOf(shape, frame)), boundaryM: (x, y) => boundaryDistanceM(shape, x, y) }
}

function containsOf(shape: Shape, frame: Frame): Contains {
  const geometry = toGeometry(shape, frame)
  if (geometry.type === 'Circle') {
    const { center, radius } = geometry
    const reachDeg = radius / LEAST_METRES_PER_DEGREE
    return (lon, lat) =>
      Math.abs(lat - center[1]) <= reachDeg && distance(center, [lon, lat], { units: 'meters' }) <= radius
  }
  const feature = multiPolygon(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
  // with its box Turf rejects what is far away by four comparisons
  const boxed = { ...feature, bbox: bbox(feature) }
  return (lon, lat) => booleanPointInPolygon([lon, lat], boxed)
}

/** A wearer who stands still is asked about once a second, all night. */
function withMemory(contains: Contains): Contains {
  let [lastLon, lastLat, answer] = [Number.NaN, Number.NaN, false]
  return (lon, lat) => {
    if (lon !== lastLon || lat !== lastLat) {
      answer = contains(lon, lat)
      ;[lastLon, lastLat] = [lon, lat]
    }
    return answer
  }
}
