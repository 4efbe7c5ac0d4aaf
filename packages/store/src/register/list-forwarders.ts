import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'

const LIST: List = {
  name: 'forwarders',
  select: `f.id, f.source, ${instant('f.created_at')} as "createdAt"`,
  from: 'forwarders f',
  keys: [{ column: 'f.id', type: 'text' }],
  order: 'asc',
}

/** By id. */
export function listForwarders(database: Queryable, page: PageRequest): Promise<Page<Forwarder>> {
  return readPage<Forwarder>(database, LIST, [], page)
}
