import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Latitude, Longitude } from '../schema.ts'

/** GeoJSON geometry (RFC 7946, lon first) and a true circle on the ground. What makes it a usable zone is geofence's to say. */
const Position = Type.Array(Type.Number(), { minItems: 2, maxItems: 3, description: '[lon, lat]' })
const Ring = Type.Array(Position, { maxItems: LIMITS.zoneVertices + 1 })

export const PolygonGeometry = Type.Object({
  type: Type.Literal('Polygon'),
  coordinates: Type.Array(Ring, { minItems: 1 }),
})
export type PolygonGeometry = Static<typeof PolygonGeometry>

export const MultiPolygonGeometry = Type.Object({
  type: Type.Literal('MultiPolygon'),
  coordinates: Type.Array(Type.Array(Ring, { minItems: 1 }), { minItems: 1 }),
})
export type MultiPolygonGeometry = Static<typeof MultiPolygonGeometry>

export const CircleGeometry = Type.Object({
  type: Type.Literal('Circle'),
  center: Type.Tuple([Longitude, Latitude]),
  radius: Type.Number({ exclusiveMinimum: 0, maximum: LIMITS.zoneRadiusM, description: 'metres' }),
})
export type CircleGeometry = Static<typeof CircleGeometry>

export const ZoneGeometry = Type.Union([PolygonGeometry, MultiPolygonGeometry, CircleGeometry])
export type ZoneGeometry = Static<typeof ZoneGeometry>
