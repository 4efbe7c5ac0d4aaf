import type { Pass } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { PASS } from './pass-columns.ts'

const LIST: List = {
  name: 'passes',
  select: PASS,
  from: 'passes p join conditions c on c.id = p.condition_id join orders o on o.id = c.order_id',
  keys: [{ column: 'p.id', type: 'bigint' }],
  order: 'desc',
}

export interface PassSearch {
  readonly conditionId?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listPasses(database: Queryable, search: PassSearch, page: PageRequest): Promise<Page<Pass>> {
  return readPage<Pass>(
    database,
    LIST,
    [['p.condition_id = ?', search.conditionId], wearerInCaseload('o.wearer_id', search.caseload)],
    page,
  )
}
