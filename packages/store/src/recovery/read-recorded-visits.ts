import type { ActivationId, ConditionId, ZoneId, ZoneReason } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { RecordQuestion } from './read-recorded-incidents.ts'

/** A visit as the engine said it last. Times are epoch milliseconds. */
export interface RecordedVisit {
  readonly activationId: ActivationId
  readonly visitId: string
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly from: number
  readonly to: number | null
  readonly disproved: boolean
  readonly reason: ZoneReason
}

const READ_RECORDED_VISITS = {
  name: 'read-recorded-visits',
  text: `
    select v.activation_id as "activationId", visit_id as "visitId", condition_id as "conditionId", zone_id as "zoneId",
           began_at as "from", ended_at as "to", disproved, reason
      from unnest($1::bigint[], $2::timestamptz[]) as asked (activation_id, since)
      join visits v on v.activation_id = asked.activation_id and coalesce(v.ended_at, 'infinity') >= asked.since
     order by v.activation_id, began_at, visit_id`,
}

/** The visits of these activations that had not ended by then, by activation, oldest first. */
export function readRecordedVisits(
  database: Queryable,
  asked: readonly RecordQuestion[],
): Promise<readonly RecordedVisit[]> {
  return database.query<RecordedVisit>(READ_RECORDED_VISITS, [
    asked.map(({ activationId }) => activationId),
    asked.map(({ since }) => new Date(since)),
  ])
}
