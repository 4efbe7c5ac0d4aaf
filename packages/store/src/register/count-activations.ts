import type { Queryable } from '../connection/store.ts'

const COUNT = {
  name: 'count-activations',
  text: `select count(*)::int as expected from activations
         where valid_from <= now() and (valid_to is null or valid_to > now())`,
}

/** How many tags should be reporting now. */
export async function countActivations(database: Queryable): Promise<number> {
  const [row] = await database.query<{ expected: number }>(COUNT)
  return row?.expected ?? 0
}
