import Type, { type Static } from 'typebox'
import { Instant, Latitude, Longitude, Nullable } from '../schema.ts'

/** OwnTracks `_type: location` (booklet, JSON format). `tst` is seconds; `acc` is taken as the 95 % radius; `vel` is km/h. */
export const OwnTracksLocation = Type.Object({
  _type: Type.Literal('location'),
  lat: Latitude,
  lon: Longitude,
  tst: Type.Number({ minimum: 0, maximum: 4_102_444_800, description: 'epoch seconds of the fix' }),
  acc: Type.Optional(Type.Number({ minimum: 0, description: 'metres; 0 and below mean unknown' })),
  alt: Type.Optional(Type.Number({ description: 'metres' })),
  vel: Type.Optional(Type.Number({ description: 'km/h; negative means unknown' })),
  cog: Type.Optional(Type.Number({ description: 'degrees' })),
  batt: Type.Optional(Type.Number({ description: 'per cent' })),
  bs: Type.Optional(Type.Number({ description: 'battery: 0 unknown, 1 unplugged, 2 charging, 3 full' })),
  created_at: Type.Optional(Type.Number({ description: 'epoch seconds at which the message was made' })),
})
export type OwnTracksLocation = Static<typeof OwnTracksLocation>

/** OwnTracks last will. */
export const OwnTracksLwt = Type.Object({ _type: Type.Literal('lwt'), tst: Type.Optional(Type.Number()) })
export type OwnTracksLwt = Static<typeof OwnTracksLwt>

/** Traccar's forwarded position (`forward.type = mqtt`/`json`). `speed` is knots, `accuracy` metres (0 = unknown). */
export const TraccarForward = Type.Object({
  position: Type.Object({
    id: Type.Optional(Type.Number()),
    fixTime: Instant,
    deviceTime: Type.Optional(Nullable(Instant)),
    serverTime: Type.Optional(Nullable(Instant)),
    valid: Type.Optional(Type.Boolean()),
    outdated: Type.Optional(Type.Boolean()),
    latitude: Latitude,
    longitude: Longitude,
    altitude: Type.Optional(Type.Number()),
    speed: Type.Optional(Type.Number({ description: 'knots' })),
    course: Type.Optional(Type.Number()),
    accuracy: Type.Optional(Type.Number()),
    attributes: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
  }),
  device: Type.Object({ uniqueId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) }),
})
export type TraccarForward = Static<typeof TraccarForward>
