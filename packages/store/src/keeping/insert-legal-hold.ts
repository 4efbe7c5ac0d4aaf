import type { LegalHold, LegalHoldCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { LEGAL_HOLD } from './legal-hold.ts'

const INSERT = {
  name: 'insert-legal-hold',
  text: `insert into legal_holds as h (wearer_id, reason, valid_to, created_by) values ($1, $2, $3, $4) returning ${LEGAL_HOLD}`,
}

/** `by` is the account name of whoever orders it. Refused by `legal_holds_check` when it would end before it begins. */
export async function insertLegalHold(database: Queryable, hold: LegalHoldCreate, by: string): Promise<LegalHold> {
  const { wearerId, reason, until } = hold
  return onlyItem(await database.query(INSERT, [wearerId, reason, until ?? null, by]))
}
