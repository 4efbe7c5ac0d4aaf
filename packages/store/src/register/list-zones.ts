import type { Zone } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, zoneInCaseload } from '../people/caseload.ts'
import { ZONE } from './zone-columns.ts'

const LIST: List = {
  name: 'zones',
  select: ZONE,
  from: 'zones z join zone_versions v on v.zone_id = z.id and v.valid_to is null',
  keys: [{ column: 'z.id', type: 'bigint' }],
  order: 'desc',
}

export interface ZoneSearch {
  readonly id?: string | undefined
  /** Zones of conditions of this wearer's orders. */
  readonly wearerId?: string | undefined
  readonly caseload: Caseload
}

/** Current versions, newest zone first. */
export function listZones(database: Queryable, search: ZoneSearch, page: PageRequest): Promise<Page<Zone>> {
  const ofWearer = `exists (select from conditions c join orders o on o.id = c.order_id
                            where c.zone_id = z.id and o.wearer_id = ?)`
  return readPage<Zone>(
    database,
    LIST,
    [['z.id = ?', search.id], [ofWearer, search.wearerId], zoneInCaseload('z.id', search.caseload)],
    page,
  )
}
