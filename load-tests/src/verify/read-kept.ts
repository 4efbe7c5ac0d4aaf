import type { Store } from '@cordon/store'
import type { PublishedTag } from '../generator/messages.ts'
import type { KeptTag } from './compare-fixes.ts'
import type { LoggedChange } from './compare-told.ts'

/** What the database holds of each of these tags, counted by one pass. */
export async function readKept(store: Store, published: readonly PublishedTag[]): Promise<readonly KeptTag[]> {
  const open = published.flatMap(({ id, unacknowledged }) => unacknowledged.map(seq => ({ id, seq })))
  const rows = await store.query<Record<keyof KeptTag, string>>(
    `select tag_id as id, count(*) as rows, count(distinct seq) as distinct, min(seq) as lowest, max(seq) as highest,
            count(distinct seq) filter (where (tag_id, seq) in
              (select * from unnest($1::text[], $2::bigint[]))) as unacknowledged
       from fixes join activations on activations.id = activation_id where tag_id = any($3) group by tag_id`,
    [open.map(({ id }) => id), open.map(({ seq }) => seq), published.map(({ id }) => id)],
  )
  return rows.map(row => ({
    id: row.id,
    rows: Number(row.rows),
    distinct: Number(row.distinct),
    lowest: Number(row.lowest),
    highest: Number(row.highest),
    unacknowledged: Number(row.unacknowledged),
  }))
}

export interface OtherCounts {
  /** Different malformed messages in quarantine. */
  readonly quarantined: number
  /** Fixes that were kept aside, or not judged because a later one had been. */
  readonly aside: number
}

export async function readOtherCounts(store: Store): Promise<OtherCounts> {
  const [row] = await store.query<{ quarantined: string; aside: string }>(
    `select (select count(*) from quarantine) as quarantined,
            (select count(*) from fixes_aside) + (select count(*) from set_aside) as aside`,
  )
  return { quarantined: Number(row?.quarantined), aside: Number(row?.aside) }
}

/** Different malformed messages of these tags in quarantine. */
export async function readQuarantined(store: Store, ids: readonly string[]): Promise<number> {
  const [row] = await store.query<{ count: string }>('select count(*) from quarantine where tag_id = any($1)', [ids])
  return Number(row?.count)
}

/** How many incidents each tag's wearer has; those without one are left out. */
/**
 * Of each tag. A wearer whose tag has said nothing at all for so long that silence was raised waits here for its turn: that incident is
 * true, and none of what is measured.
 */
export async function readIncidentCounts(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store.query<{ tag_id: string; count: string }>(
    `select tag_id, count(*) from incidents join activations on activations.id = activation_id
      where not (kind = 'silence' and happened_at < (
        select min(received_at) from fixes where fixes.activation_id = incidents.activation_id))
      group by tag_id`,
  )
  return new Map(rows.map(({ tag_id, count }) => [tag_id, Number(count)]))
}

export async function readLog(store: Store): Promise<readonly LoggedChange[]> {
  return store.query<{ cursor: string; incidentId: string; change: 'raised' | 'changed' }>(
    `select cursor, incident_id as "incidentId", change from incident_changes order by cursor`,
  )
}
