import type { Suspension } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { SUSPENSION } from './suspension-columns.ts'

const LIST: List = {
  name: 'suspensions',
  select: SUSPENSION,
  from: 'suspensions p',
  keys: [{ column: 'p.id', type: 'bigint' }],
  order: 'desc',
}

export interface SuspensionSearch {
  readonly wearerId?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listSuspensions(
  database: Queryable,
  search: SuspensionSearch,
  page: PageRequest,
): Promise<Page<Suspension>> {
  return readPage<Suspension>(
    database,
    LIST,
    [['p.wearer_id = ?', search.wearerId], wearerInCaseload('p.wearer_id', search.caseload)],
    page,
  )
}
