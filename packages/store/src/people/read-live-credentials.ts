import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-live-credentials',
  text: `select encode(s.token_hash, 'hex') || '/' || p.role as credential
         from sessions s join accounts p on p.id = s.account_id
         where s.token_hash = any($1) and s.expires_at > now() and p.disabled_at is null
         union all
         select encode(token_hash, 'hex') || '/' || role from api_tokens
         where token_hash = any($1) and revoked_at is null and (valid_to is null or valid_to > now())`,
}

/** Which of these sessions and tokens are still good, as `{hash in hex}/{role}`: a changed role ends what it had opened. */
export async function readLiveCredentials(
  database: Queryable,
  hashes: readonly Buffer[],
): Promise<ReadonlySet<string>> {
  const rows = await database.query<{ credential: string }>(READ, [hashes])
  return new Set(rows.map(({ credential }) => credential))
}
