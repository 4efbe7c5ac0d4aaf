import Type, { type Static } from 'typebox'
import { EpochMs, Id, Instant, Nullable } from '../schema.ts'

/** What the watch engine leaves on record beside incidents. */

/** The number that decided, and what it was read from: the same in a near miss, in a visit and in an incident. */
export const EVIDENCE = {
  text: Type.String({ description: 'one sentence, without names' }),
  fixes: Type.Array(Type.String(), { description: '`measuredAt/seq` of the fixes it rests on' }),
  distanceM: Type.Number({ description: 'metres from the boundary, negative inside' }),
  accuracyM: Type.Number({ description: 'metres: radius of the 95 % circle that was used' }),
  accuracyAssumed: Type.Boolean({ description: 'the tag stated no circle' }),
  probability: Type.Number({ description: 'of being inside, 0 to 1' }),
  zoneVersion: Type.Integer(),
  policyVersion: Type.Integer(),
  hours: Type.Object(
    { from: Nullable(EpochMs), to: Nullable(EpochMs) },
    { description: 'the time around it in which the condition held' },
  ),
  fixesCounted: Type.Integer(),
}

const Whose = {
  wearerId: Id,
  wearerName: Type.String(),
  activationId: Id,
  conditionId: Id,
  zoneId: Id,
  zoneName: Type.Optional(Type.String()),
}

/** What could have been an incident and was not, with why. */
export const NearMissRecord = Type.Object({
  ...Whose,
  from: Instant,
  to: Instant,
  reason: Type.Object(EVIDENCE, { description: 'why no incident was raised' }),
})
export type NearMissRecord = Static<typeof NearMissRecord>

/** Time in a zone of interest. Without `to` it goes on. */
export const VisitRecord = Type.Object({
  visitId: Type.String(),
  ...Whose,
  from: Instant,
  to: Type.Optional(Instant),
  disproved: Type.Boolean({ description: 'later knowledge shows that it was not so' }),
  reason: Type.Object({
    ...EVIDENCE,
    greatestDepthM: Type.Number(),
    insideMs: Type.Number(),
    extentM: Type.Number(),
    entries: Type.Integer(),
    beganAt: EpochMs,
  }),
})
export type VisitRecord = Static<typeof VisitRecord>
