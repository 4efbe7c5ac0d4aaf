import type { Queryable, Store } from '../connection/store.ts'

/** Young enough for late fixes, previews and the track of a month to be read and written as they are. */
const COMPRESS_AFTER = "interval '31 days'"

/** What only the Community edition has; the others answer with the name of the licence. */
export const COMPRESSION_STATEMENTS = [
  `alter table fixes set (timescaledb.compress, timescaledb.compress_segmentby = 'activation_id',
     timescaledb.compress_orderby = 'measured_at, seq')`,
  `select add_compression_policy('fixes', ${COMPRESS_AFTER}, if_not_exists => true)`,
] as const

const IS_COMPRESSED = {
  name: 'has-compression-policy',
  text: `select from timescaledb_information.jobs where hypertable_name = 'fixes' and proc_name in ('policy_compression', 'policy_columnstore')`,
}

/**
 * On TimescaleDB's Community edition chunks of fixes older than a month are compressed by the server itself. There is no policy of
 * retention: a chunk goes only when nobody's fixes in it are to be kept, which the server cannot know. Gives whether it changed anything.
 */
export async function applyEditionSettings(store: Store): Promise<boolean> {
  if (store.edition !== 'community') return false
  if ((await store.query(IS_COMPRESSED)).length > 0) return false
  await store.transaction(applyAll)
  return true
}

async function applyAll(inside: Queryable): Promise<void> {
  for (const statement of COMPRESSION_STATEMENTS) await inside.execute(statement)
}
