import type { Queryable } from '../connection/store.ts'
import type { PersonalRelation } from './personal-relations.ts'
import { type RemovalCause, recordRemovals } from './record-removals.ts'

/** A slice locks so many rows, that nobody else writes, for some 50 ms. */
const ROWS_AT_ONCE = 10_000

export interface RemovalSlice {
  readonly cause: RemovalCause
  readonly rowsAtOnce?: number | undefined
}

interface Gone {
  readonly activationId: string | null
  readonly from: string | null
  readonly to: string | null
  readonly rows: string
}

const statementOf = ({ relation, of, where, activation, time }: PersonalRelation) => ({
  name: `remove-${relation}-by-${of}`,
  text: `
    with gone as (
      delete from ${relation} r
       where r.ctid = any(array(select r.ctid from ${relation} r where ${where} limit $2))
      returning ${activation} as activation_id, ${time ?? 'null::timestamptz'} as at
    )
    select activation_id::text as "activationId", min(at)::text as "from",
           (max(at) + interval '1 microsecond')::text as "to", count(*)::text as rows
      from gone group by activation_id`,
})

/**
 * Removes one slice of the rows of these wearers or activations, or of this age, from an ordinary table, and puts it on record.
 * Gives how many, and whether there are no more.
 */
export async function removeRows(
  inside: Queryable,
  relation: PersonalRelation,
  which: readonly string[] | Date,
  { cause, rowsAtOnce = ROWS_AT_ONCE }: RemovalSlice,
): Promise<{ readonly rows: number; readonly isLast: boolean }> {
  const gone = await inside.query<Gone>(statementOf(relation), [which, rowsAtOnce])
  const removals = gone.map(part => ({ relation: relation.relation, ...part }))
  await recordRemovals(inside, cause, removals)
  const rows = gone.reduce((sum, part) => sum + Number(part.rows), 0)
  return { rows, isLast: rows < rowsAtOnce }
}
