import type { Pool, PoolClient, QueryResult } from 'pg'
import type { StatementMeter } from './meter-statements.ts'
import type { Queryable, Statement } from './store.ts'
import { asStoreError } from './store-error.ts'

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
  work: (inside: Queryable) => Promise<T>,
): Promise<T> {
  const client = await meter('connect', () => connect(pool))
  let broken = true
  try {
    const begun = meter('begin', () => client.query('begin'))
    begun.catch(() => undefined) // the first statement fails as well, and is waited for
    const result = await workInside(client, meter, work)
    await begun
    await meter('commit', () => commit(client))
    broken = false
    return result
  } catch (error) {
    broken = !(await rolledBack(client))
    throw asStoreError(error)
  } finally {
    client.release(broken)
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
  meter: StatementMeter,
  work: (inside: Queryable) => Promise<T>,
): Promise<T> {
  let ended = false
  const guarded: Runner = {
    query: ((...query: Parameters<Runner['query']>) => {
      if (ended) throw new Error('a statement was sent after its transaction had ended')
      return client.query(...query)
    }) as Runner['query'],
  }
  try {
    return await work(queryableOn(guarded, meter))
  } finally {
    ended = true
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
