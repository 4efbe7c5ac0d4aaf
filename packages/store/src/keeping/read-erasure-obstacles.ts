import type { Queryable } from '../connection/store.ts'
import { isHeld } from './legal-hold.ts'

const READ = {
  name: 'read-erasure-obstacles',
  text: `
    select case when ${isHeld('w.id')} then 'the wearer is under a legal hold: it has to be ended first' end as hold,
           case when exists (select from orders o where o.wearer_id = w.id and (o.valid_to is null or o.valid_to > now()))
                then 'an order of the wearer is in force or still to come' end as "order",
           case when exists (select from activations a where a.wearer_id = w.id and (a.valid_to is null or a.valid_to > now()))
                then 'a tag is fitted to the wearer: end the activation first' end as activation,
           case when exists (select from incidents i where i.wearer_id = w.id and i.state <> 'closed')
                then 'an incident of the wearer is not closed' end as incident
      from wearers w where w.id = $1`,
}

/** Why a wearer cannot be erased now, in words; empty when nothing stands against it; undefined when there is no such wearer. */
export async function readErasureObstacles(
  database: Queryable,
  wearerId: string,
): Promise<readonly string[] | undefined> {
  const [row] = await database.query<Record<string, string | null>>(READ, [wearerId])
  return row === undefined ? undefined : Object.values(row).filter(text => text !== null)
}
