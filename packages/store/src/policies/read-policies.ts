import type { PolicyCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface StoredPolicy {
  readonly version: number
  /** Epoch milliseconds: what was measured then or later is judged by it, until the next one. */
  readonly from: number
  readonly body: Pick<PolicyCreate, 'defaults' | 'risks' | 'zones'>
}

const READ = {
  name: 'read-policies',
  text: 'select version, valid_from as "from", body from policies order by version',
}

/** Every version that was made, oldest first: from 2 on, 1 is the software's own. */
export function readPolicies(database: Queryable): Promise<readonly StoredPolicy[]> {
  return database.query<StoredPolicy>(READ)
}
