import { LIMITS, ROUTES, type Route, type RouteName } from '@cordon/contract'
import type { Logger } from '@cordon/runtime'
import type { Store } from '@cordon/store'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../sign-in/viewer.ts'
import { type Call, type Handler, type Handlers, Rendered } from './handler.ts'
import { Refusal } from './refuse.ts'
import { runChange } from './run-change.ts'

export interface RouteParts {
  readonly store: Store
  readonly handlers: Handlers
  /** Who asks, with the route's right; refuses otherwise. */
  readonly admit: (request: FastifyRequest, route: Route) => Promise<Viewer>
  /** Told after the commit of whatever a route changed. */
  readonly changed: (route: Route) => Promise<void>
  readonly logger: Logger
}

export const API_PREFIX = '/api/v1'

/** Every line of the contract's table, and nothing else. */
export function registerRoutes(app: FastifyInstance, parts: RouteParts): void {
  for (const name of Object.keys(ROUTES) as RouteName[]) registerRoute(app, name, parts)
}

function registerRoute(app: FastifyInstance, name: RouteName, parts: RouteParts): void {
  const route: Route = ROUTES[name]
  // Handlers is keyed by name; that this name's handler takes this name's call is what its type says.
  const handler = parts.handlers[name] as Handler<RouteName>
  app.route({
    method: route.method,
    bodyLimit: route.isLarge === true ? LIMITS.bodyBytes : LIMITS.smallBodyBytes,
    url: API_PREFIX + route.path.replace(/\{(\w+)\}/g, ':$1'),
    schema: {
      ...(route.params && { params: route.params }),
      ...(route.query && { querystring: route.query }),
      ...(route.body && { body: route.body }),
    },
    onRequest: async request => {
      request.viewer = await parts.admit(request, route)
    },
    preValidation: async request => readNumbers(request.query, route),
    handler: (request, reply) => answer(request, reply, { ...parts, route, handler }),
  })
}

type Answering = RouteParts & { readonly route: Route; readonly handler: Handler<RouteName> }

async function answer(request: FastifyRequest, reply: FastifyReply, parts: Answering): Promise<FastifyReply> {
  const { route } = parts
  const isRead = route.method === 'GET' || route.isQuestion === true
  const result = isRead ? await read(request, parts) : await change(request, parts)
  if (result instanceof Rendered) return reply.code(route.status).headers(result.headers).send(result.body)
  if (route.status === 204) return reply.code(204).send()
  // Written as it is: a serialiser made from the schema would leave out in silence what the schema does not name.
  return reply.code(route.status).type('application/json; charset=utf-8').send(JSON.stringify(result))
}

function read(request: FastifyRequest, { store, handler }: Answering) {
  return handler({ ...callOf(request), database: store, undo: () => undefined })
}

async function change(request: FastifyRequest, parts: Answering) {
  const { store, route, handler, changed } = parts
  const call = callOf(request)
  const result = await runChange(store, {
    viewer: call.viewer,
    key: route.method === 'POST' ? idempotencyKey(request) : undefined,
    request: [route.method, call.url, request.body ?? null],
    status: route.status,
    work: (database, undo) => handler({ ...call, database, undo }),
  })
  await changed(route)
  return result
}

function callOf(request: FastifyRequest): Omit<Call<RouteName>, 'database' | 'undo'> {
  const { cursor, limit = LIMITS.pageSizeDefault } = request.query as { cursor?: string; limit?: number }
  return {
    params: request.params as Call<RouteName>['params'],
    query: request.query as Call<RouteName>['query'],
    body: request.body as Call<RouteName>['body'],
    viewer: request.viewer,
    page: { cursor, limit },
    accept: request.headers.accept ?? '',
    url: request.url,
  }
}

const KEY = /^[\x21-\x7e]{1,255}$/

function idempotencyKey({ headers }: FastifyRequest): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key === 'string' && KEY.test(key)) return key
  throw new Refusal('invalid-query', 'expected 1 to 255 printable ASCII characters without spaces', {
    field: 'Idempotency-Key',
  })
}

/** In an address everything is text; what the schema calls an integer, and looks like one, becomes a number. */
function readNumbers(query: unknown, route: Route): void {
  const values = query as Record<string, unknown>
  const properties = (route.query as { properties?: Record<string, { type?: string }> } | undefined)?.properties ?? {}
  for (const [name, { type }] of Object.entries(properties)) {
    const value = values[name]
    if (type === 'integer' && typeof value === 'string' && /^-?\d{1,15}$/.test(value)) values[name] = Number(value)
  }
}
