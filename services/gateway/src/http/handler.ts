import type { RouteBody, RouteName, RouteParams, RouteQuery, RouteResponse } from '@cordon/contract'
import type { PageRequest, Queryable } from '@cordon/store'
import type { Viewer } from '../sign-in/viewer.ts'

/** One request that has passed authentication, rights and schema. */
export interface Call<Name extends RouteName> {
  readonly params: RouteParams<Name>
  readonly query: RouteQuery<Name>
  readonly body: RouteBody<Name>
  readonly viewer: Viewer
  /** For a question the store; else the transaction that is committed when the handler has fulfilled. */
  readonly database: Queryable
  /** Of a list. */
  readonly page: PageRequest
  /** The `Accept` header. */
  readonly accept: string
  /** The address asked for, below the origin. */
  readonly url: string
  /** What has been done outside the database and must be taken back when the transaction does not commit. */
  readonly undo: (work: () => Promise<void>) => void
}

/** An answer that is not JSON by the route's schema alone. */
export class Rendered {
  readonly body: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(body: string | null, headers: Readonly<Record<string, string>>) {
    this.body = body
    this.headers = headers
  }
}

export type Handler<Name extends RouteName> = (call: Call<Name>) => Promise<RouteResponse<Name> | Rendered>

/** One handler for each line of the interface, no more and no fewer. */
export type Handlers = { readonly [Name in RouteName]: Handler<Name> }
