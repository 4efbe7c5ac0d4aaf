import type { Queryable } from '../connection/store.ts'
import type { KeptResponse } from './claim-idempotency-key.ts'

// A key is good for a day; what is older goes with the next use of any key by the same client.
const DELETE = {
  name: 'delete-old-idempotency-keys',
  text: `delete from idempotency_keys where who = $1 and created_at < now() - interval '1 day'`,
}
const INSERT = {
  name: 'insert-idempotency-key',
  text: 'insert into idempotency_keys (who, key, fingerprint, status, response) values ($1, $2, $3, $4, $5)',
}

/** In the transaction that claimed the key. */
export async function keepResponse(inside: Queryable, who: string, key: string, kept: KeptResponse): Promise<void> {
  await inside.query(DELETE, [who])
  await inside.query(INSERT, [who, key, kept.fingerprint, kept.status, JSON.stringify(kept.response)])
}
