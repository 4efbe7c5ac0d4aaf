import type { IncidentState } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** What an action makes of an incident; what is left out stays. Times are the database's own, at the moment of the change. */
export interface IncidentUpdate {
  /** Only in one of these states. */
  readonly from: readonly IncidentState[]
  /** Only while nobody else than this account has it. */
  readonly unlessOwnedByOtherThan?: string | undefined
  readonly state?: IncidentState | undefined
  readonly owner?: string | undefined
  readonly policeReference?: string | undefined
  readonly outcome?: string | undefined
  /** Taken: an escalated incident stays escalated, now with an owner. */
  readonly acknowledged?: boolean | undefined
  readonly policeNotified?: boolean | undefined
  readonly closed?: boolean | undefined
  /** Open again and nobody's: what taking and closing it had set is taken back (the actions keep it). */
  readonly reopened?: boolean | undefined
}

// Compare and set in one statement. No row lock before it: the statement's trigger takes the log's lock first, rows after.
const UPDATE = {
  name: 'update-incident',
  text: `update incidents set
           changed_at = clock_timestamp(),
           state = case when $8 and state = 'escalated' then state else coalesce($4, state) end,
           owner = case when $11 then null else coalesce($5, owner) end,
           police_reference = coalesce($6, police_reference),
           outcome = case when $11 then null else coalesce($7, outcome) end,
           acknowledged_at = case when $11 then null when $8 then coalesce(acknowledged_at, clock_timestamp()) else acknowledged_at end,
           police_notified_at = case when $9 then clock_timestamp() else police_notified_at end,
           closed_at = case when $10 then clock_timestamp() when $11 then null else closed_at end
         where id = $1 and state = any($2) and ($3::text is null or owner is null or owner = $3)
         returning id`,
}

/** False when the incident is not (any more) as the update demands. */
export async function updateIncident(database: Queryable, id: string, update: IncidentUpdate): Promise<boolean> {
  const rows = await database.query(UPDATE, [
    id,
    update.from,
    update.unlessOwnedByOtherThan ?? null,
    update.state ?? null,
    update.owner ?? null,
    update.policeReference ?? null,
    update.outcome ?? null,
    update.acknowledged ?? false,
    update.policeNotified ?? false,
    update.closed ?? false,
    update.reopened ?? false,
  ])
  return rows.length === 1
}
