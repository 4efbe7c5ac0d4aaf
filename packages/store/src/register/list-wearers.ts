import type { Wearer } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { WEARER } from './wearer-columns.ts'

const LIST: List = {
  name: 'wearers',
  select: WEARER,
  from: 'wearers w',
  keys: [{ column: 'w.id', type: 'bigint' }],
  order: 'desc',
}

export interface WearerSearch {
  readonly id?: string | undefined
  /** Part of the name or of the reference. */
  readonly text?: string | undefined
  readonly caseload: Caseload
}

/** Newest first. */
export function listWearers(database: Queryable, search: WearerSearch, page: PageRequest): Promise<Page<Wearer>> {
  const { id, text, caseload } = search
  const pattern = text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return readPage<Wearer>(
    database,
    LIST,
    [['w.id = ?', id], ['w.name ilike ? or w.reference ilike ?', pattern], wearerInCaseload('w.id', caseload)],
    page,
  )
}
