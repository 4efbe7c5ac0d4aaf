import type { Policy, PolicyCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { lockConfiguration } from '../register/lock-configuration.ts'
import { POLICY } from './policy-columns.ts'

// Version 1 is the software's own. No two are in force from the same millisecond, whatever the clock does: the engine counts in those.
const INSERT = {
  name: 'insert-policy',
  text: `insert into policies as p (version, valid_from, body, note, created_by)
         select coalesce(max(version), 1) + 1, greatest(clock_timestamp(), max(valid_from) + interval '1 millisecond'), $1, $2, $3
           from policies
         returning ${POLICY}`,
}

/** The next version, in force from now. `by` is the account name of whoever makes it. To be called in a transaction. */
export async function insertPolicy(inside: Queryable, policy: PolicyCreate, by: string): Promise<Policy> {
  await lockConfiguration(inside)
  const { note, defaults, risks, zones } = policy
  return onlyItem(await inside.query(INSERT, [JSON.stringify({ defaults, risks, zones }), note, by]))
}
