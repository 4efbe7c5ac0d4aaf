import type { Suspension, SuspensionCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { SUSPENSION } from './suspension-columns.ts'

const INSERT = {
  name: 'insert-suspension',
  text: `insert into suspensions as p (wearer_id, valid_from, valid_to, reason, created_by) values ($1, $2, $3, $4, $5)
         returning ${SUSPENSION}`,
}

/** `by` is the account name of whoever records it. */
export async function insertSuspension(
  database: Queryable,
  suspension: SuspensionCreate,
  by: string,
): Promise<Suspension> {
  const { wearerId, from, to, reason } = suspension
  return onlyItem(await database.query(INSERT, [wearerId, from, to, reason, by]))
}
