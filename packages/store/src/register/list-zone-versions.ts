import type { Zone } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, zoneInCaseload } from '../people/caseload.ts'
import { ZONE } from './zone-columns.ts'

const LIST: List = {
  name: 'zone-versions',
  select: ZONE,
  from: 'zones z join zone_versions v on v.zone_id = z.id',
  keys: [{ column: 'v.version', type: 'bigint' }],
  order: 'desc',
}

/** Newest version first. */
export function listZoneVersions(
  database: Queryable,
  search: { readonly id: string; readonly caseload: Caseload },
  page: PageRequest,
): Promise<Page<Zone>> {
  return readPage<Zone>(database, LIST, [['z.id = ?', search.id], zoneInCaseload('z.id', search.caseload)], page)
}
