import type { Pass, PassCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { PASS } from './pass-columns.ts'

const INSERT = {
  name: 'insert-pass',
  text: `insert into passes as p (condition_id, valid_from, valid_to, reason, created_by) values ($1, $2, $3, $4, $5)
         returning ${PASS}`,
}

/** `by` is the account name of whoever records it. */
export async function insertPass(database: Queryable, pass: PassCreate, by: string): Promise<Pass> {
  const { conditionId, from, to, reason } = pass
  return onlyItem(await database.query(INSERT, [conditionId, from, to, reason, by]))
}
