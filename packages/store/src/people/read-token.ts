import type { Role } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-token',
  text: `select token_hash as "tokenHash", name, role,
                coalesce(last_used_at < now() - interval '1 minute', true) as "usedLongAgo" from api_tokens
         where token_hash = $1 and revoked_at is null and (valid_to is null or valid_to > now())`,
}

export interface KnownToken {
  readonly tokenHash: Buffer
  readonly name: string
  readonly role: Role
  /** More than a minute ago, or never: time to note that it is used. */
  readonly usedLongAgo: boolean
}

/** Undefined when there is none, or when it has been revoked or has run out. */
export async function readToken(database: Queryable, tokenHash: Buffer): Promise<KnownToken | undefined> {
  const [row] = await database.query<KnownToken>(READ, [tokenHash])
  return row
}
