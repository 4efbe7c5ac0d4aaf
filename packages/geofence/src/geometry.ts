/** A position in WGS 84 degrees, longitude first; anything after the second number (altitude) is not read. */
export type Position = readonly number[]

/** A position of which exactly two numbers are known to be there. */
export type LonLat = readonly [lon: number, lat: number]

/** West, south, east, north in degrees. */
export type Box = readonly [west: number, south: number, east: number, north: number]

/** A closed ring: the first position is repeated as the last. */
export type Ring = readonly Position[]

export interface PolygonGeometry {
  readonly type: 'Polygon'
  /** Outer ring first, then the holes. */
  readonly coordinates: readonly Ring[]
}

export interface MultiPolygonGeometry {
  readonly type: 'MultiPolygon'
  readonly coordinates: readonly (readonly Ring[])[]
}

/** Every point of the ground at most `radius` metres (great-circle) from the centre. */
export interface CircleGeometry {
  readonly type: 'Circle'
  readonly center: Position
  /** Metres. */
  readonly radius: number
}

export type ZoneGeometry = PolygonGeometry | MultiPolygonGeometry | CircleGeometry

/** What `checkGeometry` hands back: a fresh copy with positions of two numbers, so it fits readonly and mutable types alike. */
export type CheckedGeometry =
  | { type: 'Polygon'; coordinates: [number, number][][] }
  | { type: 'MultiPolygon'; coordinates: [number, number][][][] }
  | { type: 'Circle'; center: [number, number]; radius: number }
