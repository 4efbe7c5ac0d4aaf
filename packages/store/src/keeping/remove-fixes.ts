import type { Queryable } from '../connection/store.ts'
import { recordRemovals } from './record-removals.ts'
import type { RemovalSlice } from './remove-rows.ts'

const ROWS_AT_ONCE = 10_000

// By time, not by place in the file: that is how the index, the chunks and compressed segments are ordered.
const BOUND = {
  name: 'bound-fixes-to-remove',
  text: `
    with first as (
      select measured_at as at from fixes where activation_id = $1 and measured_at >= $2::timestamptz order by measured_at limit 1
    ), past as (
      select measured_at as at from fixes where activation_id = $1 and measured_at >= $2::timestamptz order by measured_at offset $3 limit 1
    )
    select first.at::text as "from", greatest(past.at, first.at + interval '1 millisecond')::text as "to", past.at is null as "isLast"
      from first left join past on true`,
}
const REMOVE = {
  name: 'remove-fixes',
  text: `
    with gone as (
      delete from fixes where activation_id = $1 and measured_at >= $2::timestamptz and ($4 or measured_at < $3::timestamptz)
      returning measured_at
    )
    select count(*)::text as rows, (max(measured_at) + interval '1 microsecond')::text as "to" from gone`,
}

/** Where the first slice begins. */
export const FIRST_FIX = '-infinity'

export interface FixSlice {
  readonly activationId: string
  /** `FIRST_FIX`, then `next` of the slice before. */
  readonly from: string
}

interface Bound {
  readonly from: string
  readonly to: string
  readonly isLast: boolean
}

/** Removes one slice of an activation's fixes, the oldest first, and puts it on record. `next` is null when there are no more. */
export async function removeFixes(
  inside: Queryable,
  { activationId, from }: FixSlice,
  { cause, rowsAtOnce = ROWS_AT_ONCE }: RemovalSlice,
): Promise<{ readonly rows: number; readonly next: string | null }> {
  const [bound] = await inside.query<Bound>(BOUND, [activationId, from, rowsAtOnce])
  if (bound === undefined) return { rows: 0, next: null }
  const { isLast } = bound
  const [gone] = await inside.query<{ rows: string; to: string }>(REMOVE, [activationId, bound.from, bound.to, isLast])
  const { rows = '0', to = bound.to } = gone ?? {}
  const end = isLast ? to : bound.to
  await recordRemovals(inside, cause, [{ relation: 'fixes', activationId, from: bound.from, to: end, rows }])
  return { rows: Number(rows), next: isLast ? null : bound.to }
}
