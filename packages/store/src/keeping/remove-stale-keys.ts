import type { Queryable } from '../connection/store.ts'

const DAY_MS = 86_400_000
/** A client that repeats a request does so within minutes. */
const KEYS_KEPT_MS = 7 * DAY_MS
/** A session that has run out lets nobody in. */
const SESSIONS_KEPT_MS = DAY_MS

const KEYS = {
  name: 'remove-stale-idempotency-keys',
  text: `delete from idempotency_keys where ctid = any(array(select ctid from idempotency_keys where created_at < $1 limit 10000))`,
}
const SESSIONS = {
  name: 'remove-stale-sessions',
  text: `delete from sessions where ctid = any(array(select ctid from sessions where expires_at < $1 limit 10000))`,
}

/**
 * Kept answers and sessions that are of no use to anybody any more, at most 10,000 of each. They are the machinery's, no record
 * of a wearer, so their removal is not put on record.
 */
export async function removeStaleKeys(
  database: Queryable,
  now: number,
): Promise<{ readonly idempotencyKeys: number; readonly sessions: number }> {
  return {
    idempotencyKeys: await database.execute(KEYS, [new Date(now - KEYS_KEPT_MS)]),
    sessions: await database.execute(SESSIONS, [new Date(now - SESSIONS_KEPT_MS)]),
  }
}
