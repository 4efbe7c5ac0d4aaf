import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Instant, Latitude, Longitude, words } from '../schema.ts'
import { DEVICE_EVENT_TYPES, FIX_SOURCES } from '../vocabulary.ts'

/** design.md 5.1: what a Cordon tag publishes. Unknown fields are ignored. */

const Time = Type.Union([Instant, Type.Integer({ minimum: 0, maximum: 4_102_444_800_000 })], {
  description: 'RFC 3339 instant or epoch milliseconds (1970 to 2100)',
})
const Sequence = Type.Integer({ minimum: 0, maximum: LIMITS.sequence })
const Percent = Type.Number({ minimum: 0, maximum: 100 })

export const FixMessage = Type.Object({
  time: Time,
  lat: Latitude,
  lon: Longitude,
  accuracy: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      maximum: LIMITS.accuracyM,
      description: 'radius in metres of the 95 % circle; unknown when missing',
    }),
  ),
  source: Type.Optional(words(FIX_SOURCES)),
  seq: Type.Optional(Sequence),
  sent: Type.Optional(Time),
  speed: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.speedMps, description: 'metres per second' })),
  heading: Type.Optional(Type.Number({ minimum: 0, maximum: 360, description: 'degrees clockwise from true north' })),
  altitude: Type.Optional(Type.Number({ ...LIMITS.altitudeM, description: 'metres' })),
  satellites: Type.Optional(Type.Integer({ minimum: 0, maximum: 200 })),
  hdop: Type.Optional(Type.Number({ minimum: 0, maximum: 1_000 })),
  battery: Type.Optional(Percent),
})
export type FixMessage = Static<typeof FixMessage>

export const DeviceEventMessage = Type.Object({
  time: Time,
  seq: Type.Optional(Sequence),
  type: words(DEVICE_EVENT_TYPES),
  battery: Type.Optional(Percent),
})
export type DeviceEventMessage = Static<typeof DeviceEventMessage>

export const StatusMessage = Type.Object({ online: Type.Boolean() })
export type StatusMessage = Static<typeof StatusMessage>

export const CommandMessage = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  type: words(['vibrate', 'message', 'locate', 'rate']),
  text: Type.Optional(Type.String({ maxLength: 160 })),
  seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
})
export type CommandMessage = Static<typeof CommandMessage>

export const AckMessage = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 64 }),
  time: Time,
  result: words(['ok', 'failed']),
  detail: Type.Optional(Type.String({ maxLength: 500 })),
})
export type AckMessage = Static<typeof AckMessage>
