import type { Pool, PoolClient, QueryResult } from 'pg'
import { copyIn } from './copy-in.ts'
import type { StatementMeter } from './meter-statements.ts'
import type { Queryable, Statement, Transaction } from './store.ts'
import { asStoreError, sqlState } from './store-error.ts'

type Runner = Pick<PoolClient, 'query'>

/** Statements on one connection, or each on any connection of a pool. */
export function queryableOn(runner: Runner | Pool, meter: StatementMeter): Queryable {
  const run = async <Row extends object>(
    statement: Statement | string,
    values: readonly unknown[] = [],
  ): Promise<QueryResult<Row>> => {
    const asked = typeof statement === 'string' ? { text: statement } : { name: statement.name, text: statement.text }
    try {
      return await meter(asked.name, () => runner.query<Row>({ ...asked, values: [...values] }))
    } catch (error) {
      throw asStoreError(error)
    }
  }
  return {
    query: async <Row extends object>(statement: Statement | string, values?: readonly unknown[]) =>
      (await run<Row>(statement, values)).rows,
    execute: async (statement, values) => (await run(statement, values)).rowCount ?? 0,
  }
}

/** BEGIN travels with the first statement of `work`: nobody waits for its answer alone. */
export async function runTransaction<T>(
  pool: Pool,
  meter: StatementMeter,
  work: (inside: Transaction) => Promise<T>,
): Promise<T> {
  const client = await meter('connect', () => connect(pool))
  const cause = createCause()
  let broken = true
  try {
    const begun = meter('begin', () => client.query('begin'))
    begun.catch(() => undefined) // the first statement fails as well, and is waited for
    const result = await workInside(client, { meter, cause }, work)
    await begun
    await meter('commit', () => commit(client))
    broken = false
    return result
  } catch (error) {
    broken = !(await rolledBack(client))
    throw asStoreError(cause.of(error))
  } finally {
    client.release(broken)
  }
}

interface Cause {
  note(error: unknown): void
  of(error: unknown): unknown
}

const IN_FAILED_TRANSACTION = '25P02'

/**
 * The statements behind one that failed fail as well, and whoever waits for several of them may be told of those first: what counts is
 * the error that is not a consequence of another.
 */
function createCause(): Cause {
  let first: unknown
  return {
    note: error => {
      if (sqlState(error) !== IN_FAILED_TRANSACTION) first ??= error
    },
    of: error => (sqlState(error) === IN_FAILED_TRANSACTION ? (first ?? error) : error),
  }
}

function noting(inside: Transaction, cause: Cause): Transaction {
  const noted = <T>(answer: Promise<T>): Promise<T> => {
    answer.catch((error: unknown) => cause.note(error))
    return answer
  }
  return {
    query: (statement, values) => noted(inside.query(statement, values)),
    execute: (statement, values) => noted(inside.execute(statement, values)),
    copy: (text, rows) => noted(inside.copy(text, rows)),
  }
}

async function connect(pool: Pool): Promise<PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    throw asStoreError(error)
  }
}

/** A statement that `work` started and did not wait for must not reach the server after the end of the transaction. */
async function workInside<T>(
  client: PoolClient,
  { meter, cause }: { readonly meter: StatementMeter; readonly cause: Cause },
  work: (inside: Transaction) => Promise<T>,
): Promise<T> {
  let ended = false
  const guarded: Runner = {
    query: ((...query: Parameters<Runner['query']>) => {
      if (ended) throw new Error('a statement was sent after its transaction had ended')
      return client.query(...query)
    }) as Runner['query'],
  }
  try {
    const copy: Transaction['copy'] = (text, rows) => meter('copy-fixes', () => copyOn(guarded, text, rows))
    return await work(noting({ ...queryableOn(guarded, meter), copy }, cause))
  } finally {
    ended = true
  }
}

async function copyOn(runner: Runner, text: string, rows: Buffer): Promise<number> {
  try {
    return await copyIn(runner, text, rows)
  } catch (error) {
    throw asStoreError(error)
  }
}

/** COMMIT of a transaction in which a statement failed is answered with ROLLBACK and no error. */
async function commit(client: PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  if (command !== 'COMMIT') throw new Error(`the transaction ended with ${command} instead of COMMIT`)
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback')
    return true
  } catch {
    return false // the connection is gone, and the transaction with it
  }
}
