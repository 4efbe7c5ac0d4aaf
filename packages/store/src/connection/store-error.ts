import { createError, isCordonError } from '@cordon/runtime'
import { DatabaseError } from 'pg'

/**
 * States in which the same request can succeed later, without a change on our side (PostgreSQL, appendix A): connection trouble,
 * out of disk, memory or connections, a server that starts, stops or has become a standby, disk errors.
 */
const UNAVAILABLE = /^(08|53|57P0|58)|^(25006|25P03)$/
const QUERY_CANCELED = '57014'

/** Network and driver errors carry no SQLSTATE; a fault of ours (a TypeError, say) must not pass for one of them. */
const DRIVER_MESSAGE =
  /^(Connection terminated|Query read timeout|timeout exceeded|timeout expired|Client (was closed|has encountered))/

/** Turns what the driver throws into Cordon's errors; everything that the caller has to understand itself stays as it is. */
export function asStoreError(thrown: unknown): unknown {
  if (isCordonError(thrown) || !(thrown instanceof Error)) return thrown
  if (thrown instanceof DatabaseError) return ofDatabase(thrown)
  const isNetwork = 'syscall' in thrown || thrown instanceof AggregateError || DRIVER_MESSAGE.test(thrown.message)
  return isNetwork ? unavailable(thrown) : thrown
}

function ofDatabase(error: DatabaseError): unknown {
  if (error.code === QUERY_CANCELED) return createError('timed-out', `the database: ${error.message}`, { cause: error })
  return UNAVAILABLE.test(error.code ?? '') ? unavailable(error) : error
}

function unavailable(cause: Error): Error {
  const reason = cause.message || ('code' in cause ? String(cause.code) : cause.name)
  return createError('database-unavailable', `the database cannot be used: ${reason}`, { cause })
}

/** SQLSTATE of a database error, else undefined: `23505` unique violation, `23503` foreign key, `23514` check. */
export function sqlState(thrown: unknown): string | undefined {
  return thrown instanceof DatabaseError ? thrown.code : undefined
}

/** Deadlock or serialisation failure: the transaction was undone and may simply be tried again. */
export function isRetryable(thrown: unknown): boolean {
  const state = sqlState(thrown)
  return state === '40P01' || state === '40001'
}

export function isUniqueViolation(thrown: unknown, constraint?: string): boolean {
  return isViolation(thrown, '23505', constraint)
}

export function isForeignKeyViolation(thrown: unknown, constraint?: string): boolean {
  return isViolation(thrown, '23503', constraint)
}

function isViolation(thrown: unknown, state: string, constraint: string | undefined): boolean {
  if (!(thrown instanceof DatabaseError) || thrown.code !== state) return false
  return constraint === undefined || thrown.constraint === constraint
}
