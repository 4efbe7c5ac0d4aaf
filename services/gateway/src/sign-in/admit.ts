import type { Route } from '@cordon/contract'
import type { Queryable } from '@cordon/store'
import type { FastifyRequest } from 'fastify'
import { Refusal } from '../http/refuse.ts'
import { authenticate } from './authenticate.ts'
import type { Front } from './front.ts'
import { isSameOrigin } from './same-origin.ts'
import { hasRight, type Viewer } from './viewer.ts'

/** Lets a request pass to its route: signed in, from our own pages when by cookie, and with the right that the route takes. */
export async function admit(
  database: Queryable,
  request: FastifyRequest,
  { route, front }: { readonly route: Route; readonly front: Front },
): Promise<Viewer> {
  const viewer = await authenticate(database, request.headers, front)
  if (viewer === undefined) throw new Refusal('unauthenticated', 'this takes a session or an API token')
  const isForged =
    viewer.credential.kind === 'session' && route.method !== 'GET' && !isSameOrigin(request.headers, front)
  if (isForged) throw new Refusal('forbidden', 'a change by cookie must come from a page of this site')
  if (route.right !== null && !hasRight(viewer, route.right)) {
    throw new Refusal('forbidden', `the role ${viewer.role} does not have the right to ${route.right}`)
  }
  return viewer
}
