import type { Queryable } from '../connection/store.ts'

const REVOKE = {
  name: 'revoke-token',
  text: 'update api_tokens set revoked_at = now() where id = $1 and revoked_at is null returning token_hash as "tokenHash"',
}

/** The hash of the token that is no longer good; undefined when there is no such token. */
export async function revokeToken(database: Queryable, id: string): Promise<Buffer | undefined> {
  const [row] = await database.query<{ tokenHash: Buffer }>(REVOKE, [id])
  return row?.tokenHash
}
