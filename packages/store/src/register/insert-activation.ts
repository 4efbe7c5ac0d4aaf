import type { Activation, ActivationCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { ACTIVATION } from './activation-columns.ts'
import { lockConfiguration } from './lock-configuration.ts'

const INSERT = {
  name: 'insert-activation',
  text: `insert into activations as a (wearer_id, tag_id, valid_from, valid_to)
         select $1::bigint, $2::text, $3::timestamptz, $4::timestamptz
         where not exists (
           select from activations other where other.tag_id = $2
             and tstzrange(other.valid_from, other.valid_to) && tstzrange($3, $4)
         )
         returning ${ACTIVATION}`,
}

/** Undefined when the tag is on somebody in that time: one tag, one wearer at a time. To be called in a transaction. */
export async function insertActivation(
  inside: Queryable,
  activation: ActivationCreate,
): Promise<Activation | undefined> {
  await lockConfiguration(inside)
  const { wearerId, tagId, from, to } = activation
  return firstItem(await inside.query(INSERT, [wearerId, tagId, from, to ?? null]))
}
