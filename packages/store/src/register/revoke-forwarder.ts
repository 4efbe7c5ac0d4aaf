import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { FORWARDER } from './forwarder-columns.ts'
import type { Revocation } from './revoke-tag.ts'

const REVOKE = {
  name: 'revoke-forwarder',
  text: `update forwarders f set revoked_at = clock_timestamp(), revoked_by = $2, revoked_reason = $3
         where f.id = $1 and f.revoked_at is null returning ${FORWARDER}`,
}

/** Undefined when there is no such forwarder, or when it has been revoked before. */
export async function revokeForwarder(
  database: Queryable,
  { id, by, reason }: Revocation,
): Promise<Forwarder | undefined> {
  return firstItem<Forwarder>(await database.query(REVOKE, [id, by, reason]))
}
