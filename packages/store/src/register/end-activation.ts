import type { Activation } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { ACTIVATION } from './activation-columns.ts'
import { lockConfiguration } from './lock-configuration.ts'

const END = {
  name: 'end-activation',
  text: `update activations a set valid_to = $2
         where a.id = $1 and a.valid_from < $2 and not exists (
           select from activations other where other.tag_id = a.tag_id and other.id <> a.id
             and tstzrange(other.valid_from, other.valid_to) && tstzrange(a.valid_from, $2)
         )
         returning ${ACTIVATION}`,
}

/** Undefined when there is none, when it begins after `to`, or when it would reach into the tag's next one. In a transaction. */
export async function endActivation(inside: Queryable, id: string, to: string): Promise<Activation | undefined> {
  await lockConfiguration(inside)
  return firstItem(await inside.query(END, [id, to]))
}
