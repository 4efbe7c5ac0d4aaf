import type { ChainKind, ChainTip } from '../chain/chain-tip.ts'
import type { SecretCache } from '../chain/create-secret-cache.ts'
import type { CopyGate } from '../write/copy-gate.ts'

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

/** Statements of one transaction. */
export interface Transaction extends Queryable {
  /** Binary COPY of these rows, without head and end, in the same round trip as the statements around it. Gives their number. */
  copy(text: string, rows: Buffer): Promise<number>
}

/** `plain`: PostgreSQL without the extension. `apache`: hypertables. `community`: compression and policies too. */
export type Edition = 'plain' | 'apache' | 'community'

/** What one process knows of the chains that it writes. Not the truth: a link is added only where the database's chain ends. */
export interface ChainWriter {
  /** What marks are made with. As good as the tip of fixes: each was committed with a link that is before it, or is it. */
  readonly secrets: SecretCache
  tip(kind: ChainKind): Promise<ChainTip>
  /** Reads both chains anew, and keeps every other who does so waiting until the transaction ends. */
  settle(inside: Queryable): Promise<void>
  /** A transaction with these links has been committed. */
  committed(kind: ChainKind, position: number): void
  /** Others have written in the meantime: the ends are read again, and all else when links of this process are gone. */
  reread(): void
  /** What is known may not stand in the database: everything is read again. */
  forget(): void
}

/** Connections of one process, and how much work waits for one of them. */
export interface PoolState {
  readonly open: number
  readonly idle: number
  readonly waiting: number
  readonly limit: number
}

export interface Store extends Queryable {
  readonly edition: Edition
  /** What this process knows of its own chains (docs/tamper-evidence.md). */
  readonly chain: ChainWriter
  readonly copyGate: CopyGate
  pool(): PoolState
  /** What `work` does is committed when it fulfils and undone when it rejects. Statements that do not wait for each other share a round trip. */
  transaction<T>(work: (inside: Transaction) => Promise<T>): Promise<T>
  /** Waits for what is running, then closes every connection. Calling it again waits for the same end. */
  close(): Promise<void>
  /** `close` under the name by which a lifecycle stops its parts. */
  stop(): Promise<void>
}
