import type { Filter } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'

export interface RecordSearch {
  readonly wearerId?: string | undefined
  readonly zoneId?: string | undefined
  /** Instants: those that reach into [from, to). */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly caseload: Caseload
}

/** Of `r`, a record with `began_at` and `ended_at`, and its activation `a`. */
export const recordFilters = ({ wearerId, zoneId, from, to, caseload }: RecordSearch): readonly Filter[] => [
  ['a.wearer_id = ?', wearerId],
  ['r.zone_id = ?', zoneId],
  [`coalesce(r.ended_at, 'infinity') >= ?`, from],
  ['r.began_at < ?', to],
  wearerInCaseload('a.wearer_id', caseload),
]
