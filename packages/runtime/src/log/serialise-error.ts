import { withoutQuotes } from './without-quotes.ts'

/** What a log line says of an error. */
export interface SerialisedError {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly cause?: SerialisedError
  readonly errors?: readonly SerialisedError[]
  readonly [field: string]: unknown
}

// A list of what may pass, not of what may not: database drivers put whole rows into `detail`, `where` and `parameters`.
const ALLOWED_FIELDS = [
  'code',
  'field',
  'syscall',
  'port',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
]

const MAX_CAUSES = 5

/** The error with its causes, at most five deep, each with type, message, stack and the fields that cannot hold a person's data. */
export function serialiseError(error: Error, depth = 0): SerialisedError {
  const fields = ALLOWED_FIELDS.flatMap(key => {
    const value = (error as unknown as Record<string, unknown>)[key]
    return typeof value === 'string' || typeof value === 'number' ? [[key, value] as const] : []
  })
  const message = withoutQuotes(error)
  return {
    type: error.name,
    message,
    ...Object.fromEntries(fields),
    // a stack begins with the message
    ...(error.stack === undefined ? {} : { stack: error.stack.replace(error.message, () => message) }),
    ...(depth < MAX_CAUSES ? serialiseCauses(error, depth + 1) : {}),
  }
}

function serialiseCauses(error: Error, depth: number): Pick<SerialisedError, 'cause' | 'errors'> {
  const { cause } = error
  const errors: unknown[] = error instanceof AggregateError ? error.errors.slice(0, MAX_CAUSES) : []
  return {
    ...(cause === undefined ? {} : { cause: serialiseThrown(cause, depth) }),
    ...(errors.length === 0 ? {} : { errors: errors.map(inner => serialiseThrown(inner, depth)) }),
  }
}

function serialiseThrown(thrown: unknown, depth: number): SerialisedError {
  return thrown instanceof Error ? serialiseError(thrown, depth) : { type: typeof thrown, message: String(thrown) }
}
