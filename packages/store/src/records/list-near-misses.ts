import type { NearMissRecord } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'
import { type RecordSearch, recordFilters } from './record-search.ts'
import { WHOSE, whoseJoins } from './record-whose.ts'

const LIST: List = {
  name: 'near-misses',
  select: `${WHOSE}, ${instant('r.began_at')} as "from", ${instant('r.ended_at')} as "to", r.detail as reason`,
  from: `near_misses r ${whoseJoins(`r.detail ->> 'zoneVersion'`)}`,
  keys: [
    { column: 'r.began_at', type: 'timestamptz' },
    { column: 'r.activation_id', type: 'bigint' },
    { column: 'r.condition_id', type: 'bigint' },
  ],
  order: 'desc',
}

/** Newest first. */
export function listNearMisses(
  database: Queryable,
  search: RecordSearch,
  page: PageRequest,
): Promise<Page<NearMissRecord>> {
  return readPage<NearMissRecord>(database, LIST, recordFilters(search), page)
}
