import type { Queryable } from '../connection/store.ts'

const EXISTS = {
  name: 'account-exists',
  text: 'select exists (select from accounts where name = $1 and disabled_at is null) as found',
}

/** Whether somebody can sign in under this name. */
export async function accountExists(database: Queryable, name: string): Promise<boolean> {
  const [row] = await database.query<{ found: boolean }>(EXISTS, [name])
  return row?.found === true
}
