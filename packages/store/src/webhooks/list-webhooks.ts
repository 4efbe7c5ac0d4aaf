import type { Webhook } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { WEBHOOK } from './webhook-columns.ts'

const LIST: List = {
  name: 'webhooks',
  select: WEBHOOK,
  from: 'webhooks h',
  keys: [{ column: 'h.id', type: 'bigint' }],
  order: 'asc',
}

/** Those that are still told, oldest first. */
export function listWebhooks(database: Queryable, page: PageRequest): Promise<Page<Webhook>> {
  return readPage<Webhook>(database, LIST, [['h.ended_at is null and ?', true]], page)
}
