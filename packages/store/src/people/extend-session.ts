import type { Queryable } from '../connection/store.ts'

const EXTEND = {
  name: 'extend-session',
  text: `update sessions set last_seen_at = now(), expires_at = least(now() + $2 * interval '1 second', ends_at)
         where token_hash = $1 and expires_at > now()`,
}

export async function extendSession(database: Queryable, tokenHash: Buffer, idleSeconds: number): Promise<void> {
  await database.query(EXTEND, [tokenHash, idleSeconds])
}
