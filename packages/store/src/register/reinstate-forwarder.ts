import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { FORWARDER } from './forwarder-columns.ts'

const REINSTATE = {
  name: 'reinstate-forwarder',
  text: `update forwarders f set revoked_at = null, revoked_by = null, revoked_reason = null
         where f.id = $1 and f.revoked_at is not null returning ${FORWARDER}`,
}

/** Undefined when there is no such forwarder, or when it is not revoked. */
export async function reinstateForwarder(database: Queryable, id: string): Promise<Forwarder | undefined> {
  return firstItem<Forwarder>(await database.query(REINSTATE, [id]))
}
