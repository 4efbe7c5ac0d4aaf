import type { Activation } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { ACTIVATION } from './activation-columns.ts'

const LIST: List = {
  name: 'activations',
  select: ACTIVATION,
  from: 'activations a',
  keys: [{ column: 'a.id', type: 'bigint' }],
  order: 'desc',
}

export interface ActivationSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
  readonly tagId?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listActivations(
  database: Queryable,
  search: ActivationSearch,
  page: PageRequest,
): Promise<Page<Activation>> {
  return readPage<Activation>(
    database,
    LIST,
    [
      ['a.id = ?', search.id],
      ['a.wearer_id = ?', search.wearerId],
      ['a.tag_id = ?', search.tagId],
      wearerInCaseload('a.wearer_id', search.caseload),
    ],
    page,
  )
}
