import type { Queryable } from '@cordon/store'

const RAISE = `
  select setval(format('%I.%I', schemaname, sequencename)::regclass, $1::bigint + (row_number() over (order by sequencename)) * 1000)
    from pg_sequences where schemaname = 'public'`

/**
 * Every number that is taken from now on is beyond 2^53, where JavaScript's numbers skip odd ones: an id that passes through a
 * number on its way comes out as another one.
 */
export async function raiseSequences(database: Queryable): Promise<void> {
  await database.query(RAISE, [(2n ** 53n).toString()])
}
