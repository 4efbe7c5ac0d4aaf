import type { Logger } from '@cordon/runtime'
import { Pool, type PoolConfig } from 'pg'
import { createChainWriter } from '../chain/create-chain-writer.ts'
import { createCopyGate } from '../write/copy-gate.ts'
import { detectEdition } from './detect-edition.ts'
import { type StatementMeter, unmetered } from './meter-statements.ts'
import { queryableOn, runTransaction } from './run.ts'
import type { Store } from './store.ts'
import { asStoreError } from './store-error.ts'
import { valueParsers } from './value-parsers.ts'

export interface StoreOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=verify-full` where the network is not trusted. */
  readonly url: string
  /** Stands in pg_stat_activity: which process a connection belongs to. A writer of batches has its chains under it. */
  readonly applicationName: string
  readonly logger: Logger
  /** Connections at most. Work waits for a free one. */
  readonly poolSize?: number
  /** The server cancels a longer statement (`timed-out`). */
  readonly statementTimeoutMs?: number
  /** The server ends a transaction that does nothing for so long: it would hold its locks. */
  readonly idleInTransactionTimeoutMs?: number
  /** To connect, and to wait for a free connection. */
  readonly connectTimeoutMs?: number
  /** Told of every statement; nobody when not given. */
  readonly meter?: StatementMeter
}

const POOL_SIZE = 10
const STATEMENT_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000
const CONNECT_TIMEOUT_MS = 5_000
/** A statement whose answer the network lost is given up this much after the server must have cancelled it. */
const ANSWER_GRACE_MS = 5_000
const KEEP_ALIVE_AFTER_MS = 10_000

function poolConfig(options: StoreOptions): PoolConfig {
  const statementTimeoutMs = options.statementTimeoutMs ?? STATEMENT_TIMEOUT_MS
  return {
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize ?? POOL_SIZE,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + ANSWER_GRACE_MS,
    idle_in_transaction_session_timeout: options.idleInTransactionTimeoutMs ?? IDLE_IN_TRANSACTION_TIMEOUT_MS,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    pipeline: true,
    options: '-c TimeZone=UTC -c DateStyle=ISO',
    types: valueParsers,
  }
}

/**
 * Connects, finds out the edition, logs it. Rejects with `database-unavailable` when there is no database; later losses of
 * connections are logged and healed by new ones, and show as `database-unavailable` to whoever asks meanwhile.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { logger, meter = unmetered } = options
  const pool = new Pool(poolConfig(options))
  pool.on('error', error => logger.warn({ err: error }, 'a database connection was lost'))
  // A connection in use reports its loss to its statement as well; without a listener Node would end the process.
  pool.on('connect', client => client.on('error', error => logger.debug({ err: error }, 'database connection error')))
  const statements = queryableOn(pool, meter)
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= pool.end()
    return closing
  }
  try {
    const { edition, timescaleVersion } = await detectEdition(statements)
    logger.info({ edition, timescaleVersion }, 'database open')
    const chain = createChainWriter(statements, options.applicationName, logger)
    return {
      ...statements,
      edition,
      chain,
      copyGate: createCopyGate(),
      transaction: work => runTransaction(pool, meter, work),
      pool: () => ({
        open: pool.totalCount,
        idle: pool.idleCount,
        waiting: pool.waitingCount,
        limit: pool.options.max,
      }),
      close,
      stop: close,
    }
  } catch (error) {
    await close()
    throw asStoreError(error)
  }
}
