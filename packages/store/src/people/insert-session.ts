import type { Queryable } from '../connection/store.ts'

// Ended sessions of the account go with it, so that the table holds little more than those that live.
const DELETE = {
  name: 'delete-old-sessions',
  text: 'delete from sessions where account_id = $1 and expires_at <= now()',
}
const INSERT = {
  name: 'insert-session',
  text: `insert into sessions (token_hash, account_id, expires_at, ends_at)
         values ($1, $2, now() + least($3::integer, $4::integer) * interval '1 second', now() + $4::integer * interval '1 second')`,
}

export interface NewSession {
  /** SHA-256 of the cookie. */
  readonly tokenHash: Buffer
  readonly accountId: string
  /** It ends after so long without a request, */
  readonly idleSeconds: number
  /** and after so long in any case. */
  readonly longestSeconds: number
}

export async function insertSession(database: Queryable, session: NewSession): Promise<void> {
  const { tokenHash, accountId, idleSeconds, longestSeconds } = session
  await database.query(DELETE, [accountId])
  await database.query(INSERT, [tokenHash, accountId, idleSeconds, longestSeconds])
}
