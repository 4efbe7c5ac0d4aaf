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

export function compileGround(shape: Shape, frame: Frame): Ground {
  const boundaryM = (x: number, y: number) => boundaryDistanceM(shape, x, y)
  const geometry = toGeometry(shape, frame)
  if (geometry.type === 'Circle') {
    const { center, radius } = geometry
    const contains = (lon: number, lat: number) => distance(center, [lon, lat], { units: 'meters' }) <= radius
    return { contains, boundaryM }
  }
  const feature = multiPolygon(geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates)
  // with its box Turf rejects what is far away by four comparisons
  const boxed = { ...feature, bbox: bbox(feature) }
  return { contains: (lon, lat) => booleanPointInPolygon([lon, lat], boxed), boundaryM }
}
