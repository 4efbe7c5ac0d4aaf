import type { Queryable } from '../connection/store.ts'
import type { PersonalRelation } from './personal-relations.ts'

/** The proof query: rows of each of these tables that still belong to the wearer or to the activations. */
export async function countLeft(
  database: Queryable,
  relations: readonly PersonalRelation[],
  { wearerId, activationIds }: { readonly wearerId: string; readonly activationIds: readonly string[] },
): Promise<Record<string, number>> {
  const left: Record<string, number> = {}
  for (const { relation, of, where } of relations) {
    const ids = of === 'wearer' ? [wearerId] : activationIds
    const [row] = await database.query<{ readonly rows: string }>(
      { name: `count-left-${relation}`, text: `select count(*) as rows from ${relation} r where ${where}` },
      [ids],
    )
    left[relation] = Number(row?.rows ?? 0)
  }
  return left
}
