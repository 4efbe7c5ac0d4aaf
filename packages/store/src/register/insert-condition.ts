import type { Condition, ConditionCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { CONDITION } from './condition-columns.ts'

// In force from now unless it says otherwise: never retroactive by accident (decision 6).
const INSERT = {
  name: 'insert-condition',
  text: `with c as (
           insert into conditions (order_id, zone_id, hours, valid_from, valid_to, priority)
           values ($1, $2, $3, coalesce($4, clock_timestamp()), $5, $6) returning *
         )
         select ${CONDITION} from c join orders o on o.id = c.order_id`,
}

export async function insertCondition(database: Queryable, condition: ConditionCreate): Promise<Condition> {
  const { orderId, zoneId, hours, from, to, priority = 0 } = condition
  const values = [
    orderId,
    zoneId,
    hours === undefined ? null : JSON.stringify(hours),
    from ?? null,
    to ?? null,
    priority,
  ]
  return onlyItem(await database.query(INSERT, values))
}
