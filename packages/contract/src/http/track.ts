import Type, { type Static } from 'typebox'
import { Id, Instant, Latitude, Longitude, Nullable, words } from '../schema.ts'
import { FIX_SOURCES } from '../vocabulary.ts'

/** A fix on the wire, SI units and WGS 84; `accuracy` = radius in metres of the 95 % circle, null when unknown. */
export const Position = Type.Object({
  wearerId: Id,
  activationId: Id,
  time: Instant,
  receivedAt: Instant,
  lat: Latitude,
  lon: Longitude,
  accuracy: Nullable(Type.Number()),
  source: words(FIX_SOURCES),
  speed: Nullable(Type.Number()),
  heading: Nullable(Type.Number()),
  battery: Nullable(Type.Number()),
})
export type Position = Static<typeof Position>

/** A track: a GeoJSON FeatureCollection of points, oldest first; `next` pages on when there are more than `limit`. */
export const TrackFeature = Type.Object({
  type: Type.Literal('Feature'),
  geometry: Type.Object({
    type: Type.Literal('Point'),
    coordinates: Type.Array(Type.Number(), { minItems: 2, maxItems: 3 }),
  }),
  properties: Type.Object({
    time: Instant,
    receivedAt: Instant,
    activationId: Id,
    seq: Type.Integer(),
    accuracy: Nullable(Type.Number()),
    source: words(FIX_SOURCES),
    speed: Nullable(Type.Number()),
    heading: Nullable(Type.Number()),
    satellites: Nullable(Type.Number()),
    hdop: Nullable(Type.Number()),
    battery: Nullable(Type.Number()),
  }),
})
export type TrackFeature = Static<typeof TrackFeature>
export const Track = Type.Object({
  type: Type.Literal('FeatureCollection'),
  wearerId: Id,
  from: Instant,
  to: Instant,
  features: Type.Array(TrackFeature),
  next: Nullable(Type.String()),
})
export type Track = Static<typeof Track>
