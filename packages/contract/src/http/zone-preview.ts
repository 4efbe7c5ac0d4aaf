import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import { Id, Instant, Latitude, Longitude, words } from '../schema.ts'
import { CERTAINTIES, CONCLUSIONS, INCIDENT_KINDS, SEVERITIES, ZONE_KINDS } from '../vocabulary.ts'
import { ZoneGeometry } from './geometry.ts'
import { Hours } from './resources.ts'

/** What would a zone have done? Judged by the engine itself over stored tracks; nothing is written. */
export const ZonePreviewCreate = Type.Object({
  kind: words(ZONE_KINDS),
  geometry: ZoneGeometry,
  buffer: Type.Optional(Type.Number({ minimum: 0, maximum: LIMITS.bufferM, description: 'metres; default 0 = none' })),
  hours: Type.Optional(Hours),
  wearerIds: Type.Array(Id, { minItems: 1, maxItems: LIMITS.previewWearers, uniqueItems: true }),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
})
export type ZonePreviewCreate = Static<typeof ZonePreviewCreate>

const Count = Type.Integer({ minimum: 0 })

export const PreviewedIncident = Type.Object({
  wearerId: Id,
  kind: words(INCIDENT_KINDS),
  severity: words(SEVERITIES),
  certainty: words(CERTAINTIES),
  happenedAt: Instant,
  endedAt: Type.Optional(Instant),
  conclusion: Type.Optional(words(CONCLUSIONS)),
  late: Type.Boolean({ description: 'it would have become known long after it happened' }),
  entries: Count,
  greatestDepthM: Type.Optional(Type.Number()),
  text: Type.String(),
  lon: Type.Optional(Longitude),
  lat: Type.Optional(Latitude),
})
export type PreviewedIncident = Static<typeof PreviewedIncident>

export const PreviewedNearMiss = Type.Object({
  wearerId: Id,
  from: Instant,
  to: Instant,
  fixesCounted: Count,
  probability: Type.Number(),
  text: Type.String(),
})
export type PreviewedNearMiss = Static<typeof PreviewedNearMiss>

export const PreviewedVisit = Type.Object({ wearerId: Id, from: Instant, to: Type.Optional(Instant), entries: Count })
export type PreviewedVisit = Static<typeof PreviewedVisit>

const Counts = { incidents: Count, nearMisses: Count, visits: Count }

export const ZonePreview = Type.Object({
  from: Instant,
  to: Instant,
  policyVersion: Type.Integer(),
  wearers: Count,
  fixes: Count,
  coverage: Type.Array(
    Type.Object({
      wearerId: Id,
      fixes: Count,
      share: Type.Number({ minimum: 0, maximum: 1, description: 'of the minutes asked about, those with a fix' }),
    }),
  ),
  incidents: Type.Array(PreviewedIncident, { description: 'oldest first' }),
  nearMisses: Type.Array(PreviewedNearMiss, { description: 'oldest first' }),
  visits: Type.Array(PreviewedVisit, { description: 'of a zone of interest, oldest first' }),
  leftOut: Type.Object(Counts, {
    description: `how many are counted below but not listed: lists end at ${LIMITS.previewRows}`,
  }),
  summary: Type.Object({
    ...Counts,
    byKind: Type.Array(Type.Object({ kind: words(INCIDENT_KINDS), certainty: words(CERTAINTIES), incidents: Count })),
    byWearer: Type.Array(Type.Object({ wearerId: Id, ...Counts })),
    byDay: Type.Array(Type.Object({ date: Type.String({ format: 'date' }), ...Counts }), {
      description: 'days in `timeZone`, those with something on them',
    }),
    timeZone: Type.String(),
  }),
})
export type ZonePreview = Static<typeof ZonePreview>
