/** One SQL statement. The name makes it a prepared statement of each connection, so it must be the only one of that name. */
export interface Statement {
  readonly name: string
  readonly text: string
}

/**
 * Runs one statement and gives its rows. Values as PostgreSQL has them: bigint is a decimal string (64-bit ids), timestamptz is
 * epoch milliseconds (the store keeps microseconds, Cordon does not), jsonb is parsed, bytea is a Buffer, float8 and int4 are
 * numbers, `count(*)` is a bigint and so a string. An instant goes in as a `Date`.
 *
 * `Row` is believed, not checked: it says what the statement's own select list says.
 * Rejects with `database-unavailable` or `timed-out`, else with PostgreSQL's own error, whose SQLSTATE is its `code`.
 */
export interface Queryable {
  query<Row extends object = Record<string, unknown>>(
    statement: Statement | string,
    values?: readonly unknown[],
  ): Promise<readonly Row[]>
  /** The same for a statement whose rows nobody wants: gives how many it inserted, updated, deleted or selected. */
  execute(statement: Statement | string, values?: readonly unknown[]): Promise<number>
}

/** `plain`: PostgreSQL without the extension. `apache`: hypertables. `community`: compression and policies too. */
export type Edition = 'plain' | 'apache' | 'community'

/** Connections of one process, and how much work waits for one of them. */
export interface PoolState {
  readonly open: number
  readonly idle: number
  readonly waiting: number
  readonly limit: number
}

export interface Store extends Queryable {
  readonly edition: Edition
  pool(): PoolState
  /** What `work` does is committed when it fulfils and undone when it rejects. Statements that do not wait for each other share a round trip. */
  transaction<T>(work: (inside: Queryable) => Promise<T>): Promise<T>
  /** Waits for what is running, then closes every connection. Calling it again waits for the same end. */
  close(): Promise<void>
  /** `close` under the name by which a lifecycle stops its parts. */
  stop(): Promise<void>
}
