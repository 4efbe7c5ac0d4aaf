import type { Quarantined } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'

const LIST: List = {
  name: 'quarantine',
  // PostgreSQL breaks base64 into lines of 76; the wire has it in one.
  select: `q.id, ${instant('q.received_at')} as "receivedAt", ${instant('q.last_received_at')} as "lastReceivedAt", q.seen::float8 as seen, q.topic, q.tag_id as "tagId", q.code, q.field, q.detail,
    q.item_index as index, replace(encode(raw.payload, 'base64'), E'\\n', '') as payload`,
  from: 'quarantine q join quarantine_payloads raw on raw.digest = q.payload_digest',
  keys: [{ column: 'q.id', type: 'bigint' }],
  order: 'desc',
  nullable: ['tagId', 'index'],
}

/** Newest first. */
export function listQuarantine(
  database: Queryable,
  search: { readonly tagId?: string | undefined },
  page: PageRequest,
): Promise<Page<Quarantined>> {
  return readPage<Quarantined>(database, LIST, [['q.tag_id = ?', search.tagId]], page)
}
