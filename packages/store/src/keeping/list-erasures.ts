import type { Erasure } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { ERASURE } from './erasure-columns.ts'

const LIST: List = {
  name: 'erasures',
  select: ERASURE,
  from: 'erasures e',
  keys: [{ column: 'e.id', type: 'bigint' }],
  order: 'desc',
}

export interface ErasureSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
}

/** Newest first. */
export function listErasures(
  database: Queryable,
  { id, wearerId }: ErasureSearch,
  page: PageRequest,
): Promise<Page<Erasure>> {
  return readPage<Erasure>(
    database,
    LIST,
    [
      ['e.id = ?', id],
      ['e.wearer_id = ?', wearerId],
    ],
    page,
  )
}
