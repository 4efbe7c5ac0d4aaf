import type { Role } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-session',
  text: `select s.token_hash as "tokenHash", p.name, p.display_name as "displayName", p.role,
                s.last_seen_at < now() - interval '1 minute' as "seenLongAgo"
         from sessions s join accounts p on p.id = s.account_id
         where s.token_hash = $1 and s.expires_at > now() and p.disabled_at is null`,
}

export interface KnownSession {
  readonly tokenHash: Buffer
  readonly name: string
  readonly displayName: string
  readonly role: Role
  /** More than a minute ago: time to put its end off again. */
  readonly seenLongAgo: boolean
}

/** Undefined when there is none, when it has ended, or when its account has been disabled. */
export async function readSession(database: Queryable, tokenHash: Buffer): Promise<KnownSession | undefined> {
  const [row] = await database.query<KnownSession>(READ, [tokenHash])
  return row
}
