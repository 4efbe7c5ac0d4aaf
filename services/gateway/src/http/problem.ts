import { LIMITS, type Problem } from '@cordon/contract'
import { type CordonError, createError, type ErrorCode, isCordonError } from '@cordon/runtime'
import { isForeignKeyViolation, isUniqueViolation, sqlState } from '@cordon/store'
import type { FastifyError } from 'fastify'
import { notFound, Refusal } from './refuse.ts'
import { refuseInvalid } from './validation-problem.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** What fastify itself refuses, by its own codes. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid-body',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid-body',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid-body',
  FST_ERR_BAD_URL: 'not-found',
}

/** What the library that serves files refuses. */
const FILE_STATUSES: Readonly<Record<string, ErrorCode>> = { 412: 'precondition-failed', 416: 'range-not-satisfiable' }

/** Anything thrown on the way to an answer, as one of Cordon's errors; what is nobody's fault outside becomes `internal`. */
export function asCordonError(error: FastifyError | Error, bodyBytes: number = LIMITS.bodyBytes): CordonError {
  if (isCordonError(error)) return error
  if ('validation' in error && error.validation !== undefined) return refuseInvalid(error)
  const known = 'code' in error ? FASTIFY_CODES[String(error.code)] : undefined
  if (known === 'payload-too-large') {
    return new Refusal(known, `a body holds at most ${bodyBytes} bytes`, { cause: error })
  }
  if (known !== undefined) return new Refusal(known, error.message, { cause: error })
  if ('statusCode' in error && error.statusCode === 429) return new Refusal('too-many-requests', error.message)
  if (error instanceof SyntaxError) return new Refusal('invalid-body', 'the body is not JSON', { cause: error })
  const ofFiles = 'statusCode' in error ? FILE_STATUSES[String(error.statusCode)] : undefined
  if (ofFiles !== undefined) return new Refusal(ofFiles, 'the file cannot be given so', { cause: error })
  // Of the static files: a path that leads out of their folder, or holds what no path can.
  if ('statusCode' in error && [400, 403, 404].includes(Number(error.statusCode))) return notFound('file')
  return ofDatabase(error) ?? createError('internal', 'the request could not be answered', { cause: error })
}

/** What the database refuses because of what the request says. */
function ofDatabase(error: Error): CordonError | undefined {
  if (isUniqueViolation(error)) {
    return new Refusal('conflict', 'there is one like this already', { field: columnOf(error, 'key'), cause: error })
  }
  if (isForeignKeyViolation(error)) {
    return new Refusal('unknown-reference', 'there is nothing with this id', {
      field: columnOf(error, 'fkey'),
      cause: error,
    })
  }
  const state = sqlState(error) ?? ''
  if (state === '22003') return new Refusal('not-found', 'there is nothing with this id', { cause: error })
  if (state === '23514')
    return new Refusal('invalid-body', '`to` must be later than `from`', { field: '/to', cause: error })
  // Class 22: a value of the right type that PostgreSQL cannot store, such as a text with a zero byte.
  return state.startsWith('22') ? new Refusal('invalid-body', 'a value cannot be stored', { cause: error }) : undefined
}

/** `orders_wearer_id_fkey` → `/wearerId`: the name that PostgreSQL gives to a constraint by itself. */
function columnOf(error: Error, suffix: string): string | undefined {
  const constraint = 'constraint' in error ? String(error.constraint) : ''
  const column = new RegExp(`^[a-z]+_(\\w+)_${suffix}$`).exec(constraint)?.[1]
  return column === undefined
    ? undefined
    : `/${column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`
}

/** RFC 9457. */
export function toProblem(error: CordonError, instance: string): Problem {
  const { title, whatToDo, httpStatus = 500 } = error.entry
  const { problems, owner } = error instanceof Refusal ? error : {}
  return {
    type: `urn:cordon:problem:${error.code}`,
    title,
    status: httpStatus,
    code: error.code,
    // What went wrong inside is for the log; the client is told what to do.
    detail: error.code === 'internal' ? whatToDo : `${sentence(error.detail)} ${whatToDo}`,
    instance,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(problems === undefined ? {} : { problems: [...problems] }),
    ...(owner === undefined ? {} : { owner }),
  }
}

function sentence(text: string): string {
  const upper = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(upper) ? upper : `${upper}.`
}
