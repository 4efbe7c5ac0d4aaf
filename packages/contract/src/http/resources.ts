import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Id, Instant, OWNTRACKS_ID_PATTERN, TAG_ID_PATTERN, words } from '../schema.ts'
import { RISKS, TAG_CREDENTIALS, TAG_PROTOCOLS, WEARER_FLAGS, ZONE_KINDS } from '../vocabulary.ts'
import { ZoneGeometry } from './geometry.ts'

/** Resources of `/api/v1` (design.md 5.2): `XCreate` is what a client sends, `X` what it gets. */

const Name = Type.String({ minLength: 1, maxLength: LIMITS.name })
const Reference = Type.String({ minLength: 1, maxLength: LIMITS.reference, description: 'CRN, NOMIS or PNC reference' })
const Level = Type.Integer({ minimum: 1, maximum: 3 })

export const WearerCreate = Type.Object({
  name: Name,
  reference: Reference,
  mappaCategory: Type.Optional(Level),
  mappaLevel: Type.Optional(Level),
  flags: Type.Optional(Type.Array(words(WEARER_FLAGS), { uniqueItems: true, maxItems: WEARER_FLAGS.length })),
})
export type WearerCreate = Static<typeof WearerCreate>
export const Wearer = Type.Object({ id: Id, ...WearerCreate.properties, createdAt: Instant })
export type Wearer = Static<typeof Wearer>

const TagIdText = Type.String({
  anyOf: [{ pattern: TAG_ID_PATTERN }, { pattern: OWNTRACKS_ID_PATTERN }],
  description: '1 to 64 of A-Z a-z 0-9 _ -; for OwnTracks two such parts joined by a slash (user/device)',
})
const WITH_WHAT =
  'password when not given; the common name of a certificate is the id of the tag, of at most 64 characters'
export const TagCreate = Type.Object({
  id: TagIdText,
  model: Type.Optional(Name),
  protocol: Type.Optional(words(TAG_PROTOCOLS)),
  credentials: Type.Optional(words(TAG_CREDENTIALS, WITH_WHAT)),
})
export type TagCreate = Static<typeof TagCreate>

/** Of an account at the broker that may not sign in any more. */
const Revocation = {
  revokedAt: Type.Optional(Instant),
  revokedBy: Type.Optional(Type.String()),
  revokedReason: Type.Optional(Type.String()),
}
export const Tag = Type.Object({
  id: TagIdText,
  model: Type.Optional(Name),
  protocol: words(TAG_PROTOCOLS),
  credentials: words(TAG_CREDENTIALS, WITH_WHAT),
  credentialsAt: Instant,
  ...Revocation,
  createdAt: Instant,
})
export type Tag = Static<typeof Tag>

/** MQTT credentials: shown once, kept only as a hash. */
const Credentials = { username: Type.String(), password: Type.String() }
export const TagCreated = Type.Object({
  ...Tag.properties,
  username: Type.String(),
  password: Type.Optional(Type.String({ description: 'none for a tag that signs in with a certificate' })),
})
export type TagCreated = Static<typeof TagCreated>

export const TagRotate = Type.Object({
  credentials: Type.Optional(words(TAG_CREDENTIALS, 'as before when not given')),
})
export type TagRotate = Static<typeof TagRotate>

/** Why somebody is cut off, or let in again: stands in the audit log. */
export const CredentialsReason = Type.Object({ reason: Type.String({ minLength: 1, maxLength: LIMITS.reason }) })
export type CredentialsReason = Static<typeof CredentialsReason>
const CutOff = {
  cutOff: Type.Boolean({
    description:
      'false: the broker did not answer; it is told until it does, and what comes meanwhile from a tag is refused at ingest',
  }),
}
export const TagRevoked = Type.Object({ ...Tag.properties, ...CutOff })
export type TagRevoked = Static<typeof TagRevoked>

export const ForwarderCreate = Type.Object({ id: Type.String({ pattern: TAG_ID_PATTERN }), source: words(['traccar']) })
export type ForwarderCreate = Static<typeof ForwarderCreate>
export const Forwarder = Type.Object({
  ...ForwarderCreate.properties,
  credentialsAt: Instant,
  ...Revocation,
  createdAt: Instant,
})
export type Forwarder = Static<typeof Forwarder>
export const ForwarderRevoked = Type.Object({ ...Forwarder.properties, ...CutOff })
export type ForwarderRevoked = Static<typeof ForwarderRevoked>
export const ForwarderRotate = Type.Object({})
export type ForwarderRotate = Static<typeof ForwarderRotate>
export const ForwarderCreated = Type.Object({ ...Forwarder.properties, ...Credentials })
export type ForwarderCreated = Static<typeof ForwarderCreated>

export const OrderCreate = Type.Object({
  wearerId: Id,
  type: Type.String({ minLength: 1, maxLength: 64, description: 'licence, community-order, bail, …' }),
  from: Instant,
  to: Type.Optional(Instant),
  authority: Type.Optional(Name),
  risk: Type.Optional(words(RISKS, 'chooses the supervision plan; standard when not given')),
  officerId: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'account name of the responsible officer' }),
  ),
})
export type OrderCreate = Static<typeof OrderCreate>
export const Order = Type.Object({ id: Id, ...OrderCreate.properties, createdAt: Instant })
export type Order = Static<typeof Order>

export const ActivationCreate = Type.Object({
  wearerId: Id,
  tagId: Type.String(),
  from: Instant,
  to: Type.Optional(Instant),
})
export type ActivationCreate = Static<typeof ActivationCreate>
export const Activation = Type.Object({ id: Id, ...ActivationCreate.properties, createdAt: Instant })
export type Activation = Static<typeof Activation>
export const ActivationEnd = Type.Object({ to: Instant })
export type ActivationEnd = Static<typeof ActivationEnd>

export const ZoneCreate = Type.Object({
  name: Name,
  kind: words(ZONE_KINDS),
  geometry: ZoneGeometry,
  buffer: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.bufferM, description: 'metres; default 0 = none' })),
})
export type ZoneCreate = Static<typeof ZoneCreate>
export const Zone = Type.Object({
  id: Id,
  version: Type.Integer({ minimum: 1 }),
  name: Name,
  kind: words(ZONE_KINDS),
  geometry: ZoneGeometry,
  buffer: Type.Number(),
  from: Instant,
  to: Type.Optional(Instant),
  createdBy: Type.String(),
})
export type Zone = Static<typeof Zone>

const LocalTime = Type.String({
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'HH:MM in the hours’ time zone',
})
export const Hours = Type.Object(
  {
    timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA name such as Europe/London' }),
    weekly: Type.Array(
      Type.Object({
        days: Type.Array(words(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), {
          minItems: 1,
          maxItems: 7,
          uniqueItems: true,
        }),
        from: LocalTime,
        to: LocalTime,
      }),
      { maxItems: 100 },
    ),
    exceptions: Type.Optional(
      Type.Array(
        Type.Object({ date: Type.String({ format: 'date' }), from: LocalTime, to: LocalTime, applies: Type.Boolean() }),
        {
          maxItems: 1_000,
        },
      ),
    ),
  },
  {
    description:
      '`to` at or before `from` is on the next day: 19:00 to 07:00 is a night. Where `from` and `to` are equal the window lasts 24 h: 00:00 to 00:00 is the whole day.',
  },
)
export type Hours = Static<typeof Hours>

export const ConditionCreate = Type.Object({
  orderId: Id,
  zoneId: Id,
  hours: Type.Optional(Hours),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
  priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
})
export type ConditionCreate = Static<typeof ConditionCreate>
export const Condition = Type.Object({
  id: Id,
  orderId: Id,
  zoneId: Id,
  wearerId: Id,
  hours: Type.Optional(Hours),
  from: Instant,
  to: Type.Optional(Instant),
  priority: Type.Integer(),
  createdAt: Instant,
})
export type Condition = Static<typeof Condition>
export const ConditionEnd = Type.Object({ to: Instant })
export type ConditionEnd = Static<typeof ConditionEnd>

/** `corridor`: only there the condition is lifted; without it, everywhere. */
export const PassCreate = Type.Object({
  conditionId: Id,
  from: Instant,
  to: Instant,
  reason: Type.String({ minLength: 1, maxLength: LIMITS.note }),
  corridor: Type.Optional(ZoneGeometry),
})
export type PassCreate = Static<typeof PassCreate>
export const Pass = Type.Object({ id: Id, ...PassCreate.properties, createdBy: Type.String(), createdAt: Instant })
export type Pass = Static<typeof Pass>

export const SuspensionCreate = Type.Object({
  wearerId: Id,
  from: Instant,
  to: Instant,
  reason: Type.String({ minLength: 1, maxLength: LIMITS.note }),
})
export type SuspensionCreate = Static<typeof SuspensionCreate>
export const Suspension = Type.Object({
  id: Id,
  ...SuspensionCreate.properties,
  createdBy: Type.String(),
  createdAt: Instant,
})
export type Suspension = Static<typeof Suspension>
