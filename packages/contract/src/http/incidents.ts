import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { EpochMs, Id, Instant, Nullable, words } from '../schema.ts'
import {
  ACTION_TYPES,
  CERTAINTIES,
  CONCLUSIONS,
  INCIDENT_KINDS,
  INCIDENT_STATES,
  OUTCOMES,
  SEVERITIES,
} from '../vocabulary.ts'

export const IncidentReasonBody = Type.Object(
  {
    text: Type.String(),
    fixes: Type.Array(Type.String()),
    policyVersion: Type.Optional(Type.Integer({ description: 'absent where no policy was judged by: a system fault' })),
    entries: Type.Integer(),
    beganAt: Type.Optional(EpochMs),
    distanceM: Type.Optional(Type.Number()),
    accuracyM: Type.Optional(Type.Number()),
    accuracyAssumed: Type.Optional(Type.Boolean()),
    probability: Type.Optional(Type.Number()),
    zoneVersion: Type.Optional(Type.Integer()),
    hours: Type.Optional(Type.Object({ from: Nullable(EpochMs), to: Nullable(EpochMs) })),
    fixesCounted: Type.Optional(Type.Integer()),
    greatestDepthM: Type.Optional(Type.Number()),
    insideMs: Type.Optional(Type.Number()),
    extentM: Type.Optional(Type.Number()),
    emptyAt: Type.Optional(
      Type.Integer({ description: 'epoch milliseconds: when the battery will be empty, by its own trend' }),
    ),
  },
  { description: 'why it was judged so; distances and circle only where a zone is concerned' },
)

/**
 * What people work on: one per episode. Absent clocks are absent fields. A `system-fault` is of Cordon itself: it names the `part`, and has
 * no wearer, activation or tag; every other kind has all three, and no part.
 */
export const Incident = Type.Object({
  id: Id,
  episodeId: Type.String({
    description: 'of the episode: a provisional alert of the same id was told before it could be recorded',
  }),
  kind: words(INCIDENT_KINDS),
  severity: words(SEVERITIES),
  certainty: words(CERTAINTIES),
  state: words(INCIDENT_STATES),
  part: Type.Optional(
    Type.String({ description: 'of a system fault: what of Cordon it is about, such as `ingest-1`' }),
  ),
  wearerId: Type.Optional(Id),
  wearerName: Type.Optional(Type.String()),
  wearerReference: Type.Optional(Type.String()),
  activationId: Type.Optional(Id),
  tagId: Type.Optional(Type.String()),
  conditionId: Type.Optional(Id),
  zoneId: Type.Optional(Id),
  zoneName: Type.Optional(Type.String()),
  zoneVersion: Type.Optional(Type.Integer()),
  happenedAt: Instant,
  receivedAt: Instant,
  raisedAt: Instant,
  changedAt: Instant,
  endedAt: Type.Optional(Instant),
  conclusion: Type.Optional(words(CONCLUSIONS, 'how it ended; `disproved`: later knowledge shows that it was not so')),
  acknowledgedAt: Type.Optional(Instant),
  policeNotifiedAt: Type.Optional(Instant),
  policeReference: Type.Optional(Type.String()),
  closedAt: Type.Optional(Instant),
  outcome: Type.Optional(words(OUTCOMES)),
  owner: Type.Optional(Type.String({ description: 'account name of who has it' })),
  late: Type.Boolean(),
  reason: IncidentReasonBody,
})
export type Incident = Static<typeof Incident>

const Text = Type.String({ minLength: 1, maxLength: LIMITS.note })
/** `close` needs `outcome` and `text`; `note` needs `text`; `assign` needs `to`; `notify-police` takes the police `reference`. */
export const ActionCreate = Type.Object({
  type: words(ACTION_TYPES),
  text: Type.Optional(Text),
  to: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  reference: Type.Optional(Type.String({ minLength: 1, maxLength: LIMITS.reference })),
  outcome: Type.Optional(words(OUTCOMES)),
})
export type ActionCreate = Static<typeof ActionCreate>
export const Action = Type.Object({
  id: Id,
  incidentId: Id,
  ...ActionCreate.properties,
  by: Type.String(),
  at: Instant,
})
export type Action = Static<typeof Action>
export const ActionResult = Type.Object({ action: Action, incident: Incident })
export type ActionResult = Static<typeof ActionResult>

export const Quarantined = Type.Object({
  id: Id,
  receivedAt: Instant,
  lastReceivedAt: Instant,
  seen: Type.Integer({ minimum: 1, description: 'how often it came, or how many messages it stands for (`too-many`)' }),
  topic: Type.String(),
  tagId: Nullable(Type.String()),
  code: Type.String(),
  field: Type.String(),
  detail: Type.String(),
  index: Nullable(Type.Integer()),
  payload: Type.String({ description: 'the raw bytes, base64' }),
})
export type Quarantined = Static<typeof Quarantined>

export const AuditEntry = Type.Object({
  id: Id,
  at: Instant,
  who: Type.String(),
  what: Type.String({ description: 'read-track, read-wearer, create-zone, incident-close, …' }),
  wearerId: Type.Optional(Id),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>

export const ROLL_CALL_PROBLEMS = [
  'order-without-tag',
  'tag-without-order',
  'never-heard',
  'not-reporting',
  'known-silence',
] as const
export type RollCallProblem = (typeof ROLL_CALL_PROBLEMS)[number]

/** Orders with no reporting tag, tags with no order, activations never heard from (R14), and silence for a known reason. */
export const RollCallRow = Type.Object({
  problem: words(ROLL_CALL_PROBLEMS, '`known-silence` is no alarm, but is seen'),
  reason: Type.Optional(Type.String({ description: 'of a known silence: beacon, charging, suspended, pass' })),
  wearerId: Type.Optional(Id),
  wearerName: Type.Optional(Type.String()),
  orderId: Type.Optional(Id),
  activationId: Type.Optional(Id),
  tagId: Type.Optional(Type.String()),
  since: Type.Optional(Instant),
})
export type RollCallRow = Static<typeof RollCallRow>
