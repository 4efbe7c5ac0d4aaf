/** A table whose rows have an entry in a chain for each of their lawful states. All of this is SQL on its row `r`. */
export interface ChainedRelation {
  readonly name: string
  /** Text that says which row it is. */
  readonly key: string
  /** What is hashed, in this order: never to be changed, only added to. */
  readonly columns: readonly string[]
  /** Whether `salt`, where the row has one, is hashed behind them. */
  readonly hasSalt: boolean
  /** Whose it is and its own time, by which a removal covers it. */
  readonly activation: string
  readonly about: string
  /** When it was recorded. */
  readonly recorded: string
  /** Finds the row of an entry `e` by an index. */
  readonly find: string
}

const ms = (instant: string) => `(extract(epoch from ${instant}) * 1000)::bigint`
const ofActivation = { activation: 'r.activation_id', hasSalt: true }
const measured = {
  ...ofActivation,
  about: 'r.measured_at',
  find: 'r.activation_id = e.activation_id and r.measured_at = e.about',
}

/** Sealed in the transaction that writes them: only what Cordon itself writes gets an entry. */
export const WRITTEN_RELATIONS = {
  device_events: {
    ...measured,
    name: 'device_events',
    key: `concat_ws('/', r.activation_id, ${ms('r.measured_at')}, r.seq, r.type)`,
    columns: ['activation_id', 'measured_at', 'seq', 'type', 'received_at', 'battery'],
    recorded: 'r.received_at',
  },
  fixes_aside: {
    ...measured,
    name: 'fixes_aside',
    key: `concat_ws('/', r.activation_id, ${ms('r.measured_at')}, r.seq)`,
    columns: ['activation_id', 'measured_at', 'seq', 'received_at', 'reason', 'fix'],
    recorded: 'r.received_at',
  },
  set_aside: {
    ...measured,
    name: 'set_aside',
    key: `concat_ws('/', r.activation_id, ${ms('r.measured_at')}, r.seq, r.reason)`,
    columns: ['activation_id', 'measured_at', 'seq', 'reason', 'recorded_at'],
    recorded: 'r.recorded_at',
  },
  near_misses: {
    ...ofActivation,
    name: 'near_misses',
    key: `concat_ws('/', r.activation_id, r.condition_id, ${ms('r.began_at')})`,
    columns: ['activation_id', 'condition_id', 'zone_id', 'began_at', 'ended_at', 'detail', 'recorded_at'],
    about: 'r.began_at',
    recorded: 'r.recorded_at',
    find: 'r.activation_id = e.activation_id and r.began_at = e.about',
  },
  visits: {
    ...ofActivation,
    name: 'visits',
    key: 'r.visit_id',
    columns: [
      ...['visit_id', 'activation_id', 'condition_id', 'zone_id', 'began_at', 'ended_at', 'disproved', 'reason'],
      'recorded_at',
    ],
    about: 'r.began_at',
    recorded: 'r.recorded_at',
    find: 'r.visit_id = e.key',
  },
} as const satisfies Record<string, ChainedRelation>

export interface AppendedRelation extends ChainedRelation {
  /** The column that numbers the rows. */
  readonly number: string
}

const appended = (
  name: string,
  columns: readonly string[],
  also: Partial<AppendedRelation> = {},
): AppendedRelation => ({
  name,
  number: 'id',
  key: 'r.id::text',
  columns,
  hasSalt: true,
  activation: 'null::bigint',
  about: 'r.at',
  recorded: 'r.at',
  find: 'r.id = e.key::bigint',
  ...also,
})

/** Only ever added to, by any process: sealed a second later (seal-appended.ts). */
export const APPENDED_RELATIONS: readonly AppendedRelation[] = [
  appended('incident_changes', ['cursor', 'incident_id', 'change', 'at', 'incident'], {
    number: 'cursor',
    key: 'r.cursor::text',
    activation: `(r.incident ->> 'activation_id')::bigint`,
    find: 'r.cursor = e.key::bigint',
  }),
  appended('incident_actions', ['id', 'incident_id', 'type', 'by_whom', 'at', 'body']),
  appended('audit_entries', ['id', 'at', 'who', 'what', 'wearer_id', 'detail']),
  appended(
    'removals',
    ['id', 'at', 'why', 'by_whom', 'activation_id', 'relation', 'removed_from', 'removed_to', 'rows'],
    { hasSalt: false },
  ),
]

/**
 * Hash of the row `r`: of its columns as a JSON array, times in UTC, and its salt behind them. A row that was recorded before there
 * were salts has none, and its hash is of its columns alone.
 */
export const digestOf = ({ columns, hasSalt }: ChainedRelation): string => {
  const salt = hasSalt ? ` || case when r.salt is null then '[]' else jsonb_build_array(r.salt) end` : ''
  return `sha256(convert_to((jsonb_build_array(${columns.map(column => `r.${column}`).join(', ')})${salt})::text, 'UTF8'))`
}

/** `$1 chain, $2 position`. Entries for the rows that `rows` gives as `r`. */
export const enterRows = (relation: ChainedRelation, rows: string): string => `
  insert into chain_entries (chain_id, position, relation, key, activation_id, about, digest)
  select $1::integer, $2::bigint, '${relation.name}', ${relation.key}, ${relation.activation}, ${relation.about}, ${digestOf(relation)}
    from ${rows}`

/** `$1 chain, $2 position`. Runs a statement that writes rows of the relation, and enters those that it has really written. */
export const writeAndEnter = (relation: ChainedRelation, write: string): string =>
  `with r as (${write} returning *) ${enterRows(relation, 'r order by 4')}`

/** `$1 chain, $2 position`. Entries that say of the rows `r` that they were lawfully taken back. */
export const takeBack = (relation: ChainedRelation, rows: string): string => `
  select $1::integer, $2::bigint, '${relation.name}', ${relation.key}, ${relation.activation}, ${relation.about}, null::bytea from ${rows}`
