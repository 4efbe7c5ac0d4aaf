import { asId, type Branded } from '@cordon/contract'
import type { Queryable } from '@cordon/store'

/** Runs an insert that returns `id`. */
export async function insertRow<Id extends Branded<string>>(
  database: Queryable,
  sql: string,
  values: readonly unknown[],
): Promise<Id> {
  const [row] = await database.query<{ id: string }>(sql, values)
  if (row === undefined) throw new Error('a statement that returns its row returned none')
  return asId<Id>(row.id)
}
