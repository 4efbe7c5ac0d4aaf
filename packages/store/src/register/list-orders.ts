import type { Order } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { ORDER } from './order-columns.ts'

const LIST: List = {
  name: 'orders',
  select: ORDER,
  from: 'orders o',
  keys: [{ column: 'o.id', type: 'bigint' }],
  order: 'desc',
}

export interface OrderSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listOrders(database: Queryable, search: OrderSearch, page: PageRequest): Promise<Page<Order>> {
  return readPage<Order>(
    database,
    LIST,
    [['o.id = ?', search.id], ['o.wearer_id = ?', search.wearerId], wearerInCaseload('o.wearer_id', search.caseload)],
    page,
  )
}
