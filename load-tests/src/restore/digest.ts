import type { Store } from '@cordon/store'

/** What a table holds: how many rows, and a hash of all their values in whatever order. */
export type Digest = Readonly<Record<string, string>>

/** Tables whose rows are written once and never changed, but by a lawful removal. */
const WRITTEN_ONCE = [
  ...['fixes', 'fixes_aside', 'device_events', 'set_aside', 'incident_changes', 'incident_actions'],
  ...['configuration_changes', 'audit_entries', 'wearers', 'orders', 'zone_versions', 'conditions', 'activations'],
]

const digestSql = (table: string, where: string) => `
  select count(*) || ' rows, ' || coalesce(md5(string_agg(md5(r::text), '' order by md5(r::text))), '-') as digest
    from ${table} r ${where}`

/** Of what was committed at or before an instant; of everything when none is given. Needs track_commit_timestamp. */
export async function digestWrittenOnce(store: Store, instant?: string): Promise<Digest> {
  const where = instant === undefined ? '' : `where pg_xact_commit_timestamp(r.xmin) <= '${instant}'::timestamptz`
  return digest(store, WRITTEN_ONCE, where)
}

/** Of every table. */
export async function digestAll(store: Store): Promise<Digest> {
  const tables = await store.query<{ readonly name: string }>(
    `select table_name::text as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  )
  return digest(
    store,
    tables.map(({ name }) => name),
    '',
  )
}

async function digest(store: Store, tables: readonly string[], where: string): Promise<Digest> {
  const digests: Record<string, string> = {}
  for (const table of tables) {
    const [row] = await store.query<{ readonly digest: string }>(digestSql(table, where))
    digests[table] = row?.digest ?? '?'
  }
  return digests
}

/** The tables that differ, each with both. */
export const differences = (one: Digest, other: Digest): readonly string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter(table => one[table] !== other[table])
    .map(table => `${table}: ${one[table] ?? 'not there'} / ${other[table] ?? 'not there'}`)
