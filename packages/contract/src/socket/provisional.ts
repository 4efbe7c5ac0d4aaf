import Type, { type Static } from 'typebox'
import { Id, Instant, Latitude, Longitude, Nullable, words } from '../schema.ts'
import { CERTAINTIES, INCIDENT_KINDS, SEVERITIES } from '../vocabulary.ts'

/**
 * A critical breach that was judged and could not yet be recorded, because the database is away or slow. It is no incident: nobody can
 * take it. It becomes the incident of the same `episodeId` once that is recorded, or is withdrawn when the last word is another.
 */
export const ProvisionalAlert = Type.Object({
  episodeId: Type.String(),
  wearerId: Id,
  activationId: Id,
  zoneId: Nullable(Id),
  zoneName: Type.Optional(
    Nullable(Type.String({ description: 'as people call it: nothing can be asked while this is told' })),
  ),
  kind: words(INCIDENT_KINDS),
  severity: words(SEVERITIES),
  certainty: words(CERTAINTIES),
  happenedAt: Instant,
  endedAt: Nullable(Instant),
  reason: Type.String({ description: 'one sentence, without names' }),
  notRecordedSince: Instant,
  position: Nullable(
    Type.Object({
      lat: Latitude,
      lon: Longitude,
      accuracy: Nullable(Type.Number({ description: 'metres; null when the tag gave none' })),
      time: Instant,
    }),
  ),
})
export type ProvisionalAlert = Static<typeof ProvisionalAlert>

/** The whole state, as far as this client may see it; replaces what was said before. */
export const ProvisionalState = Type.Object({
  items: Type.Array(ProvisionalAlert),
  leftOut: Type.Integer({ minimum: 0, description: 'how many more there are than could be sent' }),
})
export type ProvisionalState = Static<typeof ProvisionalState>
export const Provisional = Type.Object({ type: Type.Literal('provisional'), ...ProvisionalState.properties })
export type ProvisionalMessage = Static<typeof Provisional>
