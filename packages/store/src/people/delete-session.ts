import type { Queryable } from '../connection/store.ts'

const DELETE = { name: 'delete-session', text: 'delete from sessions where token_hash = $1' }

export async function deleteSession(database: Queryable, tokenHash: Buffer): Promise<void> {
  await database.query(DELETE, [tokenHash])
}
