import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-account-secret',
  text: `select id, password_hash as "passwordHash" from accounts where name = $1 and disabled_at is null`,
}

export interface AccountSecret {
  readonly id: string
  readonly passwordHash: string
}

/** Undefined for a name that nobody has, or whose account is disabled. */
export async function readAccountSecret(database: Queryable, name: string): Promise<AccountSecret | undefined> {
  const [row] = await database.query<AccountSecret>(READ, [name])
  return row
}
