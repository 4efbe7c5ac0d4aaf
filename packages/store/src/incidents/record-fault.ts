import { SEVERITIES, type Severity } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** Something that a part of Cordon does not do, as one gateway has seen it. Times are epoch milliseconds. */
export interface SeenFault {
  readonly part: string
  /** Name of the gateway. */
  readonly seenBy: string
  readonly severity: Severity
  readonly since: number
  /** null while it lasts. */
  readonly until: number | null
  /** For the operator: what is wrong, and what that means. */
  readonly text: string
}

/** A gateway says so every few seconds; one that has not for this long sees nothing any more. */
const SEEN_SECONDS = 60

/** As in upsert-incidents: a later snapshot than this lock sees what others did before it, gateways and people alike. */
const LOCK_LOG = { name: 'lock-incident-log', text: 'select pg_advisory_xact_lock(4201001)' }

const SEE = {
  name: 'see-system-fault',
  text: `insert into system_faults (part, seen_by, since) values ($1, $2, $3)
         on conflict (part, seen_by) do update set since = excluded.since, seen_at = clock_timestamp()`,
}
const SEE_NO_MORE = {
  name: 'see-system-fault-no-more',
  text: `delete from system_faults
          where part = $1 and (seen_by = $2 or seen_at < clock_timestamp() - make_interval(secs => ${SEEN_SECONDS}))`,
}

/**
 * Two faults of a part that overlap in time are one: it began with the earlier, and goes on until nobody sees it any more. It is told
 * at its worst. What people have set stays.
 */
const UPDATE = {
  name: 'update-system-fault',
  text: `
    with seen as (select exists (select from system_faults where part = $1) as is_on),
    told as (
      select id, least(happened_at, $2) as happened_at, least(severity_rank, $4) as severity_rank,
             case when is_on then null else greatest(coalesce(ended_at, $3), $3) end as ended_at
        from incidents, seen
       where kind = 'system-fault' and part = $1 and happened_at <= coalesce($3, 'infinity'::timestamptz)
         and coalesce(ended_at, 'infinity') >= $2
       order by id desc limit 1
    ), changed as (
      update incidents i
         set happened_at = told.happened_at, ended_at = told.ended_at, severity_rank = told.severity_rank,
             severity = ($6::text[])[told.severity_rank + 1],
             conclusion = case when told.ended_at is null then null else 'restored' end,
             reason = case when told.severity_rank < i.severity_rank then i.reason || jsonb_build_object('text', $5::text) else i.reason end
                      || jsonb_build_object('beganAt', floor(extract(epoch from told.happened_at) * 1000)::bigint),
             changed_at = clock_timestamp()
        from told
       where i.id = told.id
         and (i.happened_at, i.ended_at, i.severity_rank) is distinct from (told.happened_at, told.ended_at, told.severity_rank::smallint)
    )
    select id from told`,
}

const INSERT = {
  name: 'insert-system-fault',
  text: `insert into incidents (episode_id, part, kind, severity, severity_rank, certainty, late, happened_at, received_at,
                                ended_at, conclusion, reason)
         values ($1, $2, 'system-fault', $3, $4, 'confirmed', $5, $6, clock_timestamp(), $7, $8, $9)`,
}

/**
 * Raises, keeps up or ends the incident of a fault, in one transaction that the caller opens. The same fault seen by several gateways is
 * one incident; one that was over before it could be recorded is raised with its end.
 */
export async function recordFault(inside: Queryable, fault: SeenFault): Promise<void> {
  const { part, seenBy, since, until } = fault
  const begun = new Date(since)
  await inside.execute(LOCK_LOG)
  if (until === null) await inside.execute(SEE, [part, seenBy, begun])
  else await inside.execute(SEE_NO_MORE, [part, seenBy])
  const ended = until === null ? null : new Date(Math.max(since, until))
  const rank = SEVERITIES.indexOf(fault.severity)
  const told = await inside.query(UPDATE, [part, begun, ended, rank, fault.text, SEVERITIES])
  if (told.length === 0) await inside.execute(INSERT, newIncident(fault, begun, ended))
}

function newIncident({ part, seenBy, severity, since, text }: SeenFault, begun: Date, ended: Date | null): unknown[] {
  const reason = { text, fixes: [], entries: 1, beganAt: since }
  const isLate = ended !== null
  return [
    `system-fault/${part}/${since}/${seenBy}`,
    ...[part, severity, SEVERITIES.indexOf(severity), isLate, begun, ended, ended === null ? null : 'restored'],
    JSON.stringify(reason),
  ]
}
