import { type CatalogueEntry, type ErrorCode, errorCatalogue } from './error-catalogue.ts'

export interface ErrorOptions {
  /** What led to it. Kept on the error, printed by the log, never sent to a client. */
  readonly cause?: unknown
  /** The field, parameter or variable at fault, e.g. `geometry.coordinates[0][3]`. */
  readonly field?: string | undefined
}

/** Every failure that Cordon raises itself. `code` is stable and in the catalogue, `detail` is for people. */
export class CordonError extends Error {
  override readonly name: string = 'CordonError'
  readonly code: ErrorCode
  readonly detail: string
  readonly field: string | undefined

  constructor(code: ErrorCode, detail: string, options: ErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = detail
    this.field = options.field
  }

  get entry(): CatalogueEntry {
    return errorCatalogue[this.code]
  }
}

/** Builds (does not throw) the error of a catalogue code. `detail` says what happened this time, without secrets. */
export function createError(code: ErrorCode, detail: string, options: ErrorOptions = {}): CordonError {
  const error = new CordonError(code, detail, options)
  Error.captureStackTrace(error, createError)
  return error
}

/** True for a Cordon error, and when a code is given, for that code only. */
export function isCordonError(error: unknown, code?: ErrorCode): error is CordonError {
  return error instanceof CordonError && (code === undefined || error.code === code)
}

/** Anything can be thrown; what is logged or kept as a cause should be an Error. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
