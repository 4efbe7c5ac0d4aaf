import type { Pass, PassCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { PASS } from './pass-columns.ts'

const INSERT = {
  name: 'insert-pass',
  text: `insert into passes as p (condition_id, valid_from, valid_to, reason, created_by, corridor) values ($1, $2, $3, $4, $5, $6)
         returning ${PASS}`,
}

/** `by` is the account name of whoever records it. */
export async function insertPass(database: Queryable, pass: PassCreate, by: string): Promise<Pass> {
  const { conditionId, from, to, reason, corridor } = pass
  const values = [conditionId, from, to, reason, by, corridor === undefined ? null : JSON.stringify(corridor)]
  return onlyItem(await database.query(INSERT, values))
}
