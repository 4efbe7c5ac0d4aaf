import type {
  ActivationId,
  Certainty,
  Conclusion,
  ConditionId,
  IncidentReason,
  JudgedKind,
  Severity,
  ZoneId,
} from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface RecordQuestion {
  readonly activationId: ActivationId
  /** Epoch milliseconds: what ended before is left out. */
  readonly since: number
}

/** An incident as the engine said it last. Times are epoch milliseconds. */
export interface RecordedIncident {
  readonly activationId: ActivationId
  readonly episodeId: string
  readonly kind: JudgedKind
  readonly severity: Severity
  readonly certainty: Certainty
  readonly happenedAt: number
  readonly receivedAt: number
  readonly endedAt: number | null
  readonly conclusion: Conclusion | null
  readonly conditionId: ConditionId | null
  readonly zoneId: ZoneId | null
  readonly zoneVersion: number | null
  readonly reason: IncidentReason
}

const READ_RECORDED_INCIDENTS = {
  name: 'read-recorded-incidents',
  text: `
    select i.activation_id as "activationId", episode_id as "episodeId", kind, severity, certainty, happened_at as "happenedAt",
           received_at as "receivedAt", ended_at as "endedAt", conclusion, condition_id as "conditionId", zone_id as "zoneId",
           zone_version as "zoneVersion", reason
      from unnest($1::bigint[], $2::timestamptz[]) as asked (activation_id, since)
      join incidents i on i.activation_id = asked.activation_id and coalesce(i.ended_at, 'infinity') >= asked.since
     where kind <> 'silence'
     order by i.activation_id, happened_at, i.id`,
}

/** The incidents of these activations that had not ended by then; not those of silence, which no fix disproves. By activation, oldest first. */
export function readRecordedIncidents(
  database: Queryable,
  asked: readonly RecordQuestion[],
): Promise<readonly RecordedIncident[]> {
  return database.query<RecordedIncident>(READ_RECORDED_INCIDENTS, [
    asked.map(({ activationId }) => activationId),
    asked.map(({ since }) => new Date(since)),
  ])
}
