import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Id, Instant, Nullable, words } from '../schema.ts'

/** How long what is kept, what is held back from removal, and the proof that somebody was erased. */

/** `track`: fixes and what was judged of them; `case`: everything else of a wearer; `audit` entries; `quarantine`d messages. */
export const RETAINED = ['track', 'case', 'audit', 'quarantine'] as const
export type Retained = (typeof RETAINED)[number]

const Note = Type.String({ minLength: 1, maxLength: LIMITS.note })
const Rule = {
  what: words(RETAINED, 'track and case count from the end of the order, audit and quarantine from the entry'),
  orderType: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'of track and case: a type of orders; * is every type without a rule of its own',
  }),
  days: Type.Integer({ minimum: 1, maximum: 36_525, description: 'days of 24 hours' }),
}
export const RetentionRule = Type.Object({ ...Rule, changedAt: Instant, changedBy: Type.String() })
export type RetentionRule = Static<typeof RetentionRule>
export const RetentionRules = Type.Object({ items: Type.Array(RetentionRule) })
export type RetentionRules = Static<typeof RetentionRules>
export const RetentionRulesReplace = Type.Object(
  { rules: Type.Array(Type.Object(Rule, { additionalProperties: false }), { minItems: 4, maxItems: 200 }) },
  { additionalProperties: false },
)
export type RetentionRulesReplace = Static<typeof RetentionRulesReplace>

export const LegalHoldCreate = Type.Object({
  wearerId: Id,
  reason: Note,
  until: Type.Optional(Instant),
})
export type LegalHoldCreate = Static<typeof LegalHoldCreate>
export const LegalHold = Type.Object({
  id: Id,
  ...LegalHoldCreate.properties,
  from: Instant,
  createdBy: Type.String(),
  endedBy: Type.Optional(Type.String()),
  endReason: Type.Optional(Type.String()),
})
export type LegalHold = Static<typeof LegalHold>
export const LegalHoldEnd = Type.Object({ reason: Note })
export type LegalHoldEnd = Static<typeof LegalHoldEnd>

export const ErasureCreate = Type.Object({
  reason: Type.String({ minLength: 1, maxLength: LIMITS.note, description: 'kept: must not name the wearer' }),
  reference: Type.String({
    minLength: 1,
    maxLength: LIMITS.reference,
    description: 'of the request or decision; kept: must not be the wearer’s own',
  }),
})
export type ErasureCreate = Static<typeof ErasureCreate>

const Counts = Type.Record(Type.String(), Type.Integer({ minimum: 0 }))
/** `requested` → `removed` → `certified`: from then on it is the certificate. */
export const Erasure = Type.Object({
  id: Id,
  wearerId: Type.String({ description: 'the id that the wearer had' }),
  activationIds: Type.Array(Id, { description: 'the ids that the activations had' }),
  why: words(['retention', 'erasure']),
  ...ErasureCreate.properties,
  state: words(['requested', 'removed', 'certified']),
  requestedAt: Instant,
  requestedBy: Type.String(),
  removedAt: Type.Optional(Instant),
  certifiedAt: Type.Optional(Instant),
  removed: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), { description: 'rows removed, by table' }),
  mentions: Type.Array(
    Type.Object({ relation: Type.String(), column: Type.String(), rows: Nullable(Type.Integer({ minimum: 1 })) }),
    {
      description:
        'where the name or reference stood in what was written about others, for a person to look at; rows null: could not be searched',
    },
  ),
  left: Type.Optional(Counts),
})
export type Erasure = Static<typeof Erasure>

export const Capacity = Type.Object({
  items: Type.Array(
    Type.Object({
      what: Type.String({ description: '`database`, `table fixes`, `numbers incidents.id`, …' }),
      at: Instant,
      used: Type.Number({ description: 'bytes, or numbers taken' }),
      capacity: Nullable(Type.Number({ description: 'bytes, or numbers there are; null: not known' })),
      daysLeft: Nullable(Type.Number({ description: 'at the rate of the last days; null: it does not grow' })),
    }),
  ),
})
export type Capacity = Static<typeof Capacity>
