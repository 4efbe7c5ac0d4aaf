import type { Queryable } from '../connection/store.ts'

const LOCK = {
  name: 'lock-idempotency-key',
  text: `select pg_advisory_xact_lock(hashtextextended($1 || chr(10) || $2, 4201004))`,
}
const READ = {
  name: 'read-idempotency-key',
  text: 'select fingerprint, status, response from idempotency_keys where who = $1 and key = $2',
}

export interface KeptResponse {
  /** SHA-256 of method, path and body. */
  readonly fingerprint: Buffer
  readonly status: number
  readonly response: unknown
}

/** What was answered under this key before. Until this transaction ends no other can ask for, or use, the same key. */
export async function claimIdempotencyKey(
  inside: Queryable,
  who: string,
  key: string,
): Promise<KeptResponse | undefined> {
  await inside.query(LOCK, [who, key])
  const [row] = await inside.query<KeptResponse>(READ, [who, key])
  return row
}
