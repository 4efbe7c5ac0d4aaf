import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Instant, Latitude, Longitude, Nullable, TAG_ID_PATTERN } from '../schema.ts'

/** What the two other sources publish, as far as Cordon reads it. Unknown fields are ignored; `null` is the same as absent. */

const EpochSeconds = { minimum: 0, maximum: 4_102_444_800 }
const Altitude = Type.Number({ ...LIMITS.altitudeM, description: 'metres' })
const KMH_PER_MPS = 3.6
const KNOTS_PER_MPS = 3_600 / 1_852

/** OwnTracks `_type: location` (booklet, JSON format). `tst` is seconds; `acc` is taken as the 95 % radius; `vel` is km/h. */
export const OwnTracksLocation = Type.Object({
  _type: Type.Literal('location'),
  lat: Latitude,
  lon: Longitude,
  tst: Type.Number({ ...EpochSeconds, description: 'epoch seconds of the fix' }),
  acc: Type.Optional(Type.Number({ maximum: LIMITS.accuracyM, description: 'metres; 0 and below mean unknown' })),
  alt: Type.Optional(Altitude),
  vel: Type.Optional(
    Type.Number({ maximum: Math.floor(LIMITS.speedMps * KMH_PER_MPS), description: 'km/h; negative means unknown' }),
  ),
  cog: Type.Optional(Type.Number({ maximum: 360, description: 'degrees; negative means unknown' })),
  batt: Type.Optional(Type.Number({ maximum: 100, description: 'per cent; negative means unknown' })),
  bs: Type.Optional(Type.Number({ description: 'battery: 0 unknown, 1 unplugged, 2 charging, 3 full' })),
  created_at: Type.Optional(Type.Number({ ...EpochSeconds, description: 'epoch seconds when the message was made' })),
})
export type OwnTracksLocation = Static<typeof OwnTracksLocation>

/** OwnTracks last will. */
export const OwnTracksLwt = Type.Object({ _type: Type.Literal('lwt'), tst: Type.Optional(Type.Number()) })
export type OwnTracksLwt = Static<typeof OwnTracksLwt>

/**
 * Traccar's forwarded position (`forward.type` `mqtt` or `json`). `speed` is knots, `accuracy` metres (0 = unknown).
 * What `attributes` holds differs by device protocol: `batteryLevel`, `sat`, `hdop`, `alarm` and `approximate` are read.
 */
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
    altitude: Type.Optional(Altitude),
    speed: Type.Optional(
      Type.Number({ minimum: 0, maximum: Math.floor(LIMITS.speedMps * KNOTS_PER_MPS), description: 'knots' }),
    ),
    course: Type.Optional(Type.Number({ minimum: 0, maximum: 360, description: 'degrees' })),
    accuracy: Type.Optional(
      Type.Number({ minimum: 0, maximum: LIMITS.accuracyM, description: 'metres; 0 means unknown' }),
    ),
    attributes: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
    network: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
  }),
  device: Type.Object({ uniqueId: Type.String({ pattern: TAG_ID_PATTERN }) }),
})
export type TraccarForward = Static<typeof TraccarForward>
