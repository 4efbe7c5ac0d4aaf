import type { Condition } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { CONDITION } from './condition-columns.ts'

const LIST: List = {
  name: 'conditions',
  select: CONDITION,
  from: 'conditions c join orders o on o.id = c.order_id',
  keys: [{ column: 'c.id', type: 'bigint' }],
  order: 'desc',
}

export interface ConditionSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
  readonly orderId?: string | undefined
  readonly zoneId?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listConditions(
  database: Queryable,
  search: ConditionSearch,
  page: PageRequest,
): Promise<Page<Condition>> {
  return readPage<Condition>(
    database,
    LIST,
    [
      ['c.id = ?', search.id],
      ['o.wearer_id = ?', search.wearerId],
      ['c.order_id = ?', search.orderId],
      ['c.zone_id = ?', search.zoneId],
      wearerInCaseload('o.wearer_id', search.caseload),
    ],
    page,
  )
}
