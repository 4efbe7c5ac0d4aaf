import type { Position } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { FIX, FIX_NULLABLE } from './position-columns.ts'

// Nobody is watched outside an order: what a tag measured before it began or after it ended is not shown.
const LIST: List = {
  name: 'track',
  select: FIX,
  from: `activations a join fixes f on f.activation_id = a.id
    and f.measured_at >= a.valid_from and (a.valid_to is null or f.measured_at < a.valid_to)
    and exists (select from orders o where o.wearer_id = a.wearer_id
      and f.measured_at >= o.valid_from and (o.valid_to is null or f.measured_at < o.valid_to))`,
  keys: [
    { column: 'f.measured_at', type: 'timestamptz' },
    { column: 'f.activation_id', type: 'bigint' },
    { column: 'f.seq', type: 'bigint' },
  ],
  order: 'asc',
  nullable: FIX_NULLABLE,
}

/** A position with all that was stored of it. */
export type TrackFix = Position & {
  readonly seq: number
  readonly altitude: number | null
  readonly satellites: number | null
  readonly hdop: number | null
}

export interface TrackSearch {
  readonly wearerId: string
  /** Instants: from this on, and before that. */
  readonly from: string
  readonly to: string
}

/** The fixes measured in [from, to) by tags while they were on this wearer and an order was in force, oldest first. */
export function listFixes(database: Queryable, search: TrackSearch, page: PageRequest): Promise<Page<TrackFix>> {
  return readPage<TrackFix>(
    database,
    LIST,
    [
      ['a.wearer_id = ?', search.wearerId],
      ['f.measured_at >= ?', search.from],
      ['f.measured_at < ?', search.to],
    ],
    page,
  )
}
