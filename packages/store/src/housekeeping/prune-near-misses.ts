import type { Queryable } from '../connection/store.ts'

const ROWS_AT_ONCE = 5_000

const PRUNE = {
  name: 'prune-near-misses',
  text: `delete from near_misses where ctid = any(array(select ctid from near_misses where began_at < $1 order by began_at limit $2))`,
}

/** Deletes the near misses that began before, a page at a time, each page a transaction of its own. Gives their number. */
export async function pruneNearMisses(
  database: Queryable,
  before: number,
  rowsAtOnce: number = ROWS_AT_ONCE,
): Promise<number> {
  for (let deleted = 0; ; ) {
    const page = await database.execute(PRUNE, [new Date(before), rowsAtOnce])
    deleted += page
    if (page < rowsAtOnce) return deleted
  }
}
