import type { Severity, Webhook } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { WEBHOOK } from './webhook-columns.ts'

/** What happened before is not told: the one who asks can read it. */
const INSERT = {
  name: 'insert-webhook',
  text: `insert into webhooks as h (name, url, severities, salt, position, created_by)
         values ($1, $2, $3, $4, (select coalesce(max(cursor), 0) from incident_changes), $5) returning ${WEBHOOK}`,
}

export interface NewWebhook {
  readonly name: string
  readonly url: string
  readonly severities: readonly Severity[]
  readonly salt: Buffer
  readonly createdBy: string
}

export async function insertWebhook(database: Queryable, webhook: NewWebhook): Promise<Webhook> {
  const { name, url, severities, salt, createdBy } = webhook
  return onlyItem(await database.query(INSERT, [name, url, severities, salt, createdBy]))
}
