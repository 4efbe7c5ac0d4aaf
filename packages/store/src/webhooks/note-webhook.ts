import type { Cursor } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/** A position never goes back, whoever says so late. */
const DELIVERED = {
  name: 'note-webhook-delivered',
  text: `
    update webhooks
       set position = $3, delivered_at = case when $4 then now() else delivered_at end, failing_since = null, last_error = null
     where id = $1 and leased_by = $2 and ended_at is null and position < $3`,
}

const FAILED = {
  name: 'note-webhook-failed',
  text: `
    update webhooks set failing_since = coalesce(failing_since, now()), last_error = $3
     where id = $1 and leased_by = $2 and ended_at is null`,
}

export interface HeldWebhook {
  readonly id: string
  /** Who holds the lease. */
  readonly notifier: string
}

/** Everything up to `position` has been delivered or was not asked for. False: the webhook is another's by now, or has ended. */
export async function noteWebhookDelivered(
  database: Queryable,
  { id, notifier }: HeldWebhook,
  { position, isTold }: { readonly position: Cursor; readonly isTold: boolean },
): Promise<boolean> {
  return (await database.execute(DELIVERED, [id, notifier, position, isTold])) === 1
}

export async function noteWebhookFailed(
  database: Queryable,
  { id, notifier }: HeldWebhook,
  reason: string,
): Promise<void> {
  await database.execute(FAILED, [id, notifier, reason])
}
