import type { VisitRecord } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'
import { type RecordSearch, recordFilters } from './record-search.ts'
import { WHOSE, whoseJoins } from './record-whose.ts'

const LIST: List = {
  name: 'visits',
  select: `r.visit_id as "visitId", ${WHOSE}, ${instant('r.began_at')} as "from", ${instant('r.ended_at')} as "to",
    r.disproved, r.reason`,
  from: `visits r ${whoseJoins(`r.reason ->> 'zoneVersion'`)}`,
  keys: [
    { column: 'r.began_at', type: 'timestamptz' },
    { column: 'r.visit_id', type: 'text' },
  ],
  order: 'desc',
}

/** Newest first. */
export function listVisits(database: Queryable, search: RecordSearch, page: PageRequest): Promise<Page<VisitRecord>> {
  return readPage<VisitRecord>(database, LIST, recordFilters(search), page)
}
