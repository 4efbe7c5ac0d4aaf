import type { Queryable, Store } from '../connection/store.ts'
import { isTrackDue } from './due.ts'
import { type RemovalCause, recordRemovals } from './record-removals.ts'
import { takeKeepingLock } from './take-keeping-lock.ts'

// A chunk older than the shortest rule can be due; a younger one cannot.
const OLD_CHUNKS = {
  name: 'read-old-chunks',
  text: `select format('%I.%I', chunk_schema, chunk_name) as name, range_start::text as "from", range_end::text as "to"
           from timescaledb_information.chunks
          where hypertable_schema = 'public' and hypertable_name = 'fixes'
            and range_end < $1::timestamptz - make_interval(days => (select min(days) from retention_rules where what = 'track'))
          order by range_start`,
}
const DROP = {
  name: 'drop-chunk',
  text: `select drop_chunks('fixes', older_than => $2::timestamptz, newer_than => $1::timestamptz)`,
}
/** Whoever reads or writes the chunk goes first: a removal can wait an hour. */
const LOCK_TIMEOUT = "set local lock_timeout = '2s'"

export interface FixChunk {
  /** Quoted, with its schema. */
  readonly name: string
  /** Half open, as PostgreSQL writes instants. */
  readonly from: string
  readonly to: string
}

/** Chunks of fixes that are old enough to be dropped if nobody's fixes in them are to be kept. None without TimescaleDB. */
export async function readOldChunks(store: Store, now: number): Promise<readonly FixChunk[]> {
  return store.edition === 'plain' ? [] : store.query<FixChunk>(OLD_CHUNKS, [new Date(now)])
}

/**
 * From one activation in the chunk to the next by the index: 20,000 steps at most, not 17 million rows. A chunk holds what lies in
 * its time and nothing else, so the row that is to be kept is found wherever it came from.
 */
const keptIn = (chunk: string) => `
  with recursive present as (
    (select activation_id as id from ${chunk} order by activation_id limit 1)
    union all
    select (select activation_id from ${chunk} where activation_id > present.id order by activation_id limit 1)
      from present where present.id is not null
  )
  select from present join activations a on a.id = present.id where not ${isTrackDue('a', '$1::timestamptz')} limit 1`

/** Drops a whole chunk when everybody's fixes in it are due, and puts it on record. Gives how many rows; null: it stays. */
export async function dropDueChunk(
  store: Store,
  { name, from, to }: FixChunk,
  { now, cause }: { readonly now: number; readonly cause: RemovalCause },
): Promise<number | null> {
  return store.transaction(async inside => {
    if (!(await takeKeepingLock(inside))) return null
    await inside.execute(LOCK_TIMEOUT)
    // Nothing comes in between the look and the drop; others may read until then.
    await inside.execute(`lock table ${name} in share mode`)
    if ((await inside.query(keptIn(name), [new Date(now)])).length > 0) return null
    const rows = await countRows(inside, name)
    await inside.query(DROP, [from, to])
    await recordRemovals(inside, cause, [{ relation: 'fixes', activationId: null, from, to, rows }])
    return Number(rows)
  })
}

async function countRows(inside: Queryable, chunk: string): Promise<string> {
  const [row] = await inside.query<{ readonly rows: string }>(`select count(*) as rows from ${chunk}`)
  return row?.rows ?? '0'
}
