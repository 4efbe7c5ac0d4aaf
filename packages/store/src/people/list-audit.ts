import type { AuditEntry } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'

const LIST: List = {
  name: 'audit',
  select: `e.id, ${instant('e.at')} as at, e.who, e.what, e.wearer_id as "wearerId", e.detail`,
  from: 'audit_entries e',
  keys: [{ column: 'e.id', type: 'bigint' }],
  order: 'desc',
}

export interface AuditSearch {
  readonly wearerId?: string | undefined
  readonly who?: string | undefined
}

/** Newest first. */
export function listAudit(database: Queryable, search: AuditSearch, page: PageRequest): Promise<Page<AuditEntry>> {
  return readPage<AuditEntry>(
    database,
    LIST,
    [
      ['e.wearer_id = ?', search.wearerId],
      ['e.who = ?', search.who],
    ],
    page,
  )
}
