import type { ZoneKind } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-condition-parts',
  text: `select (select kind from zones where id = $2) as "zoneKind",
                o.id is not null as "orderExists", o.valid_from as "orderFrom", o.valid_to as "orderTo",
                o.valid_to <= clock_timestamp() as "orderEnded"
         from (select $1::bigint as id) asked left join orders o on o.id = asked.id`,
}

export interface ConditionParts {
  readonly zoneKind: ZoneKind | null
  readonly orderExists: boolean
  /** Epoch milliseconds. */
  readonly orderFrom: number | null
  readonly orderTo: number | null
  readonly orderEnded: boolean | null
}

/** What a condition would be made of. */
export async function readConditionParts(
  database: Queryable,
  orderId: string,
  zoneId: string,
): Promise<ConditionParts> {
  const [row] = await database.query<ConditionParts>(READ, [orderId, zoneId])
  if (row === undefined) throw new Error('a statement that always gives a row gave none')
  return row
}
