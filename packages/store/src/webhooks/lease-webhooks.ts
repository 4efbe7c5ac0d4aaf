import { asId, type Cursor, type Severity } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** A webhook that this notifier, and no other, delivers to until its lease ends. */
export interface LeasedWebhook {
  readonly id: string
  readonly url: string
  readonly severities: readonly Severity[]
  readonly salt: Buffer
  /** Everything up to here has been delivered. */
  readonly position: Cursor
}

/** By the database's clock alone. Only rows that are behind, or held already, are written. */
const LEASE = {
  name: 'lease-webhooks',
  text: `
    update webhooks set leased_by = $1, leased_until = now() + $2 * interval '1 millisecond'
     where ended_at is null and (leased_by = $1 or leased_until is null or leased_until < now())
       and position < (select coalesce(max(cursor), 0) from incident_changes)
    returning id, url, severities, salt, position::text as position`,
}

/** Takes, or keeps for longer, every webhook that is behind the log and that no other notifier has. */
export async function leaseWebhooks(
  database: Queryable,
  notifier: string,
  leaseMs: number,
): Promise<readonly LeasedWebhook[]> {
  const rows = await database.query<Omit<LeasedWebhook, 'position'> & { position: string }>(LEASE, [notifier, leaseMs])
  return rows.map(row => ({ ...row, position: asId<Cursor>(row.position) }))
}
