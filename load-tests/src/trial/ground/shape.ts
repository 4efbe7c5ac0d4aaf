import type { Frame, Point } from './frame.ts'

/** A zone as it is scripted: metres in the scenario's frame. Rings are open; the first of a polygon is its outline, the rest are holes. */
export type Shape =
  | { readonly type: 'polygons'; readonly polygons: readonly (readonly (readonly Point[])[])[] }
  | { readonly type: 'circle'; readonly centre: Point; readonly radiusM: number }

export function polygon(...rings: readonly (readonly Point[])[]): Shape {
  return { type: 'polygons', polygons: [rings] }
}

export function polygons(...outlines: readonly (readonly Point[])[]): Shape {
  return { type: 'polygons', polygons: outlines.map(outline => [outline]) }
}

export function circle(centre: Point, radiusM: number): Shape {
  return { type: 'circle', centre, radiusM }
}

/** Corners anticlockwise from the south-west. */
export function box(west: number, south: number, east: number, north: number): Point[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

export function rectangle(west: number, south: number, east: number, north: number): Shape {
  return polygon(box(west, south, east, north))
}

type Ring = [lon: number, lat: number][]
export type GeoShape =
  | { readonly type: 'Polygon'; readonly coordinates: Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: Ring[][] }
  | { readonly type: 'Circle'; readonly center: [lon: number, lat: number]; readonly radius: number }

/** As a zone author would have sent it. */
export function toGeometry(shape: Shape, frame: Frame): GeoShape {
  if (shape.type === 'circle') {
    return { type: 'Circle', center: frame.toLonLat(...shape.centre), radius: shape.radiusM }
  }
  const coordinates = shape.polygons.map(rings => rings.map(ring => closed(ring, frame)))
  const [only] = coordinates
  return coordinates.length === 1 && only !== undefined
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates }
}

function closed(ring: readonly Point[], frame: Frame): Ring {
  const positions = ring.map(([x, y]) => frame.toLonLat(x, y))
  return [...positions, ...positions.slice(0, 1)]
}
