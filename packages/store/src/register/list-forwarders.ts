import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { FORWARDER } from './forwarder-columns.ts'

const LIST: List = {
  name: 'forwarders',
  select: FORWARDER,
  from: 'forwarders f',
  keys: [{ column: 'f.id', type: 'text' }],
  order: 'asc',
}

/** By id: all, or the one asked for. */
export function listForwarders(database: Queryable, page: PageRequest, id?: string): Promise<Page<Forwarder>> {
  return readPage<Forwarder>(database, LIST, [['f.id = ?', id]], page)
}
