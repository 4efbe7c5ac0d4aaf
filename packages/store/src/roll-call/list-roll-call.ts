import type { RollCallRow } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { instant } from '../paging/select.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'

const LIST: List = {
  name: 'roll-call',
  select: `r.problem, r.wearer_id as "wearerId", w.name as "wearerName", r.order_id as "orderId",
    r.activation_id as "activationId", r.tag_id as "tagId", ${instant('r.since')} as since, r.reason`,
  from: 'roll_call r join wearers w on w.id = r.wearer_id',
  keys: [
    { column: 'r.rank', type: 'bigint' },
    { column: 'r.subject_id', type: 'bigint' },
  ],
  order: 'asc',
}

/** People believed to be monitored who are not (R14), as of the last roll-call: by kind of problem, then by id. */
export function listRollCall(database: Queryable, caseload: Caseload, page: PageRequest): Promise<Page<RollCallRow>> {
  return readPage<RollCallRow>(database, LIST, [wearerInCaseload('r.wearer_id', caseload)], page)
}
