import type { Queryable } from '../connection/store.ts'

export type RemovalReason = 'retention' | 'erasure'

export interface RemovalCause {
  readonly why: RemovalReason
  /** Account name; `cordon` where a rule was followed. */
  readonly byWhom: string
}

/** Rows of one table that went, or that no longer say of whom they are. */
export interface Removal {
  readonly relation: string
  /** Null: of every activation in that time. */
  readonly activationId: string | null
  /** Half open, as PostgreSQL writes instants, to the microsecond; null where the table has no time. */
  readonly from: string | null
  readonly to: string | null
  readonly rows: string
}

const RECORD = {
  name: 'record-removals',
  text: `insert into removals (why, by_whom, relation, activation_id, removed_from, removed_to, rows)
         select $1, $2, * from unnest($3::text[], $4::bigint[], $5::timestamptz[], $6::timestamptz[], $7::bigint[])`,
}

/**
 * The one place where a lawful removal is put on record. In the transaction that removes: a row that is missing without it has
 * been taken away by somebody else.
 */
export async function recordRemovals(
  inside: Queryable,
  { why, byWhom }: RemovalCause,
  removals: readonly Removal[],
): Promise<void> {
  if (removals.length === 0) return
  await inside.query(RECORD, [
    why,
    byWhom,
    removals.map(({ relation }) => relation),
    removals.map(({ activationId }) => activationId),
    removals.map(({ from }) => from),
    removals.map(({ to }) => to),
    removals.map(({ rows }) => rows),
  ])
}
