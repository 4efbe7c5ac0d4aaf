import type { LegalHold } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { LEGAL_HOLD } from './legal-hold.ts'

const LIST: List = {
  name: 'legal-holds',
  select: LEGAL_HOLD,
  from: 'legal_holds h',
  keys: [{ column: 'h.id', type: 'bigint' }],
  order: 'desc',
}

export interface LegalHoldSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
}

/** Newest first, ended ones too. */
export function listLegalHolds(
  database: Queryable,
  { id, wearerId }: LegalHoldSearch,
  page: PageRequest,
): Promise<Page<LegalHold>> {
  return readPage<LegalHold>(
    database,
    LIST,
    [
      ['h.id = ?', id],
      ['h.wearer_id = ?', wearerId],
    ],
    page,
  )
}
