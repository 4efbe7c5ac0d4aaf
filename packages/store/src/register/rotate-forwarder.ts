import type { Forwarder } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { firstItem } from '../paging/select.ts'
import { FORWARDER } from './forwarder-columns.ts'

const ROTATE = {
  name: 'rotate-forwarder',
  text: `update forwarders f set password_hash = $2::bytea,
           credentials_version = credentials_version + 1, credentials_at = clock_timestamp()
         where f.id = $1 returning ${FORWARDER}`,
}

/** Takes the SHA-256 of its new MQTT password. Undefined when there is no such forwarder. */
export async function rotateForwarder(
  database: Queryable,
  id: string,
  passwordHash: Buffer,
): Promise<Forwarder | undefined> {
  return firstItem<Forwarder>(await database.query(ROTATE, [id, passwordHash]))
}
