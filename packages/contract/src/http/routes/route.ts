import Type, { type TSchema } from 'typebox'
import { LIMITS } from '../../limits.ts'
import { CursorText, Id, Instant, Nullable } from '../../schema.ts'
import type { Right } from '../session.ts'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, OpenAPI style: `/wearers/{id}`. */
  readonly path: string
  readonly summary: string
  /** Which right it takes; null: any signed-in user. */
  readonly right: Right | null
  readonly params?: TSchema
  readonly query?: TSchema
  readonly body?: TSchema
  readonly response: TSchema
  readonly status: 200 | 201 | 204
  /** A POST that changes nothing: what it asks is too long for an address. */
  readonly isQuestion?: true
  /** Its body may hold a geometry: `bodyBytes` of the limits, where others have `smallBodyBytes`. */
  readonly isLarge?: true
  /** Other representations by `Accept` or `?format=`. */
  readonly also?: readonly string[]
}

export const Page = {
  cursor: Type.Optional(CursorText),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMITS.pageSize })),
}
const list = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item), next: Nullable(CursorText) })
export const ById = Type.Object({ id: Id })
const paged = <F extends Record<string, TSchema>>(more: F) => Type.Object({ ...Page, ...more })
export const wearerFilter = { wearerId: Type.Optional(Id) }
export const recordFilters = {
  ...wearerFilter,
  zoneId: Type.Optional(Id),
  from: Type.Optional(Instant),
  to: Type.Optional(Instant),
}

// Generic, so that what a handler gets and gives is typed by its own schemas.
export const lists = <S extends TSchema, F extends Record<string, TSchema> = Record<never, never>>(
  path: string,
  summary: string,
  item: S,
  filters: F = {} as F,
  right: Right = 'read',
) => ({ method: 'GET', path, summary, right, query: paged(filters), response: list(item), status: 200 }) as const
export const creates = <B extends TSchema, R extends TSchema>(
  path: string,
  summary: string,
  body: B,
  response: R,
  right: Right = 'register',
) => ({ method: 'POST', path, summary, right, body, response, status: 201 }) as const
export const reads = <R extends TSchema>(path: string, summary: string, response: R) =>
  ({ method: 'GET', path, summary, right: 'read', params: ById, response, status: 200 }) as const
export const Empty = Type.Null()
