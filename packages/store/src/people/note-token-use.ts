import type { Queryable } from '../connection/store.ts'

const NOTE = { name: 'note-token-use', text: 'update api_tokens set last_used_at = now() where token_hash = $1' }

/** So that a token that nobody uses any more can be found and revoked. */
export async function noteTokenUse(database: Queryable, tokenHash: Buffer): Promise<void> {
  await database.execute(NOTE, [tokenHash])
}
