import type { Erasure, ErasureCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { ERASURE } from './erasure-columns.ts'
import type { RemovalCause } from './record-removals.ts'

const INSERT = {
  name: 'insert-erasure',
  text: `insert into erasures as e (wearer_id, activation_ids, why, reason, reference, requested_by)
         values ($1, array(select a.id from activations a where a.wearer_id = $1 order by a.id), $2, $3, $4, $5) returning ${ERASURE}`,
}

/** A second one of the same wearer violates `erasures_one_at_a_time` until the first is certified. */
export async function insertErasure(
  database: Queryable,
  { wearerId, reason, reference }: ErasureCreate & { readonly wearerId: string },
  { why, byWhom }: RemovalCause,
): Promise<Erasure> {
  return onlyItem(await database.query(INSERT, [wearerId, why, reason, reference, byWhom]))
}
