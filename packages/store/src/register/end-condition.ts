import type { Condition } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { CONDITION } from './condition-columns.ts'

const END = {
  name: 'end-condition',
  text: `with c as (update conditions set valid_to = $2 where id = $1 and valid_from < $2 returning *)
         select ${CONDITION} from c join orders o on o.id = c.order_id`,
}

/** Undefined when there is no such condition, or when it begins after `to`. */
export async function endCondition(database: Queryable, id: string, to: string): Promise<Condition | undefined> {
  return firstItem(await database.query(END, [id, to]))
}
