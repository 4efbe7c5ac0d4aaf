import { asId, type Cursor, ENGINE_NAME, type IncidentId, type IncidentJudgement, SEVERITIES } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { WrittenIncident } from './batch.ts'
import { toInstant, toInstantOrNull, toJsonRows } from './json-rows.ts'

const ZONE_VERSION = 'case when excluded.ended_at is null then excluded.zone_version else stored.zone_version end'

/**
 * A later snapshot than this lock sees whatever people did before it. Without it the upsert would take its snapshot first and wait
 * for the lock in its trigger, and could close what somebody has just noted something on.
 */
const LOCK_LOG = { name: 'lock-incident-log', text: 'select pg_advisory_xact_lock(4201001)' }

/**
 * An episode is one incident. Said again it brings what the engine knows now: how bad, how certain, since when, until when, how it
 * ended, and why. What is of the raising stays (`received_at`, `late`, `raised_at`), and what people set is never touched: an
 * incident that was closed stays closed, with its outcome, and shows the true extent; one that is disproved stays as open as it was.
 * The zone's version is the one that the breach was judged against: a fix that ends it can lie in the time of a later version, which
 * the wearer was never inside. Nothing new: no update, so no entry in the change log.
 *
 * What was never confirmed and nobody has acted on is closed by itself (`deed` close). It is opened again once the engine says
 * anything else of it than what leaves nothing to do: that it goes on, or that it was more after all and is over. Only the last of
 * several tellings counts, so it makes no difference how they were batched.
 *
 * The left join lets an unknown activation fail the check that an incident is of a wearer: a judgement is never dropped in silence.
 */
const UPSERT_INCIDENTS = {
  name: 'upsert-incidents',
  text: `
    with said as (
      select * from json_to_recordset($1) as row
        (position integer, episode_id text, activation_id bigint, condition_id bigint, zone_id bigint, zone_version integer, kind text,
         severity text, severity_rank smallint, certainty text, late boolean, happened_at timestamptz, received_at timestamptz,
         ended_at timestamptz, conclusion text, reason jsonb)
    ), judged as materialized (
      select said.*, incident.state, incident.outcome, incident.closed_at,
             case when said.conclusion = 'unconfirmed' and coalesce(incident.state, 'open') = 'open' and incident.owner is null
                   and not exists (select from incident_actions where incident_id = incident.id and by_whom <> '${ENGINE_NAME}') then 'close'
                  when coalesce(said.conclusion not in ('unconfirmed', 'disproved', 'joined'), true)
                   and incident.state = 'closed' and incident.outcome = 'unconfirmed'
                   and (select by_whom from incident_actions where incident_id = incident.id and type in ('close', 'reopen')
                         order by id desc limit 1) = '${ENGINE_NAME}' then 'reopen' end as deed
        from said left join incidents incident on incident.episode_id = said.episode_id
    ), written as (
      insert into incidents as stored (episode_id, wearer_id, activation_id, condition_id, zone_id, zone_version, kind, severity,
                                       severity_rank, certainty, late, happened_at, received_at, ended_at, conclusion, reason,
                                       state, outcome, closed_at)
      select episode_id, activation.wearer_id, activation_id, condition_id, zone_id, zone_version, kind, severity,
             severity_rank, certainty, late, happened_at, received_at, ended_at, conclusion, reason,
             case deed when 'close' then 'closed' when 'reopen' then 'open' else coalesce(state, 'open') end,
             case deed when 'close' then 'unconfirmed' when 'reopen' then null else outcome end,
             case deed when 'close' then clock_timestamp() when 'reopen' then null else closed_at end
        from judged left join activations activation on activation.id = judged.activation_id
       order by position
      on conflict (episode_id) do update
        set zone_version = ${ZONE_VERSION}, kind = excluded.kind, severity = excluded.severity,
            severity_rank = excluded.severity_rank, certainty = excluded.certainty, happened_at = excluded.happened_at,
            ended_at = excluded.ended_at, conclusion = excluded.conclusion, reason = excluded.reason,
            state = excluded.state, outcome = excluded.outcome, closed_at = excluded.closed_at, changed_at = clock_timestamp()
        where (stored.zone_version, stored.kind, stored.severity, stored.certainty, stored.happened_at, stored.ended_at,
               stored.conclusion, stored.reason, stored.state)
          is distinct from
          (${ZONE_VERSION}, excluded.kind, excluded.severity, excluded.certainty, excluded.happened_at, excluded.ended_at,
           excluded.conclusion, excluded.reason, excluded.state)
      returning id, episode_id
    ), acted as (
      insert into incident_actions (incident_id, type, by_whom, body)
      select written.id, deed, '${ENGINE_NAME}',
             jsonb_strip_nulls(jsonb_build_object('text', reason ->> 'text', 'outcome', case deed when 'close' then 'unconfirmed' end))
        from written join judged using (episode_id) where deed is not null order by position
    )
    select count(*)::int as written from written`,
}

/** The upsert holds the lock of the log, so the newest entries, as many as it wrote, are its own. */
const READ_NEWEST_CHANGES = {
  name: 'read-newest-incident-changes',
  text: `
    select cursor, incident_id, change, incident ->> 'episode_id' as episode_id
      from incident_changes order by cursor desc limit $1`,
}

interface ChangeRow {
  readonly cursor: string
  readonly incident_id: string
  readonly change: 'raised' | 'changed'
  readonly episode_id: string
}

/** Only inside a transaction, and last: from here to its end the lock of the incident log is held. */
export async function upsertIncidents(
  inside: Queryable,
  judgements: readonly IncidentJudgement[],
): Promise<readonly WrittenIncident[]> {
  const rows = mergeEpisodes(judgements).map(toRow)
  const [, [upserted], newest] = await Promise.all([
    inside.execute(LOCK_LOG),
    inside.query<{ written: number }>(UPSERT_INCIDENTS, [toJsonRows(rows)]),
    inside.query<ChangeRow>(READ_NEWEST_CHANGES, [rows.length]),
  ])
  return newest
    .slice(0, upserted?.written ?? 0)
    .reverse()
    .map(row => ({
      cursor: asId<Cursor>(row.cursor),
      incidentId: asId<IncidentId>(row.incident_id),
      episodeId: row.episode_id,
      change: row.change,
    }))
}

/** Several judgements of one episode come to its last one, but it was raised as the first one says, and in the zone of the last breach. */
function mergeEpisodes(judgements: readonly IncidentJudgement[]): readonly IncidentJudgement[] {
  const episodes = new Map<string, IncidentJudgement>()
  for (const judgement of judgements) {
    const before = episodes.get(judgement.episodeId) ?? judgement
    const { zoneVersion } = judgement.endedAt === null ? judgement : before
    episodes.set(judgement.episodeId, { ...judgement, receivedAt: before.receivedAt, late: before.late, zoneVersion })
  }
  return [...episodes.values()]
}

function toRow(judgement: IncidentJudgement, position: number): object {
  return {
    position,
    episode_id: judgement.episodeId,
    activation_id: judgement.activationId,
    condition_id: judgement.conditionId,
    zone_id: judgement.zoneId,
    zone_version: judgement.zoneVersion,
    kind: judgement.kind,
    severity: judgement.severity,
    severity_rank: SEVERITIES.indexOf(judgement.severity),
    certainty: judgement.certainty,
    late: judgement.late,
    happened_at: toInstant(judgement.happenedAt),
    received_at: toInstant(judgement.receivedAt),
    ended_at: toInstantOrNull(judgement.endedAt),
    conclusion: judgement.conclusion,
    reason: judgement.reason,
  }
}
