import type { Server as TlsServer } from 'node:tls'
import { LIMITS, ROUTES, type Route } from '@cordon/contract'
import type { Logger } from '@cordon/runtime'
import { fastifyCookie } from '@fastify/cookie'
import { fastifyRateLimit } from '@fastify/rate-limit'
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import { limitByAddress } from './limit-requests.ts'
import { meterRequests, type RequestMeterParts } from './meter-requests.ts'
import { asCordonError, PROBLEM_TYPE, toProblem } from './problem.ts'
import { Refusal } from './refuse.ts'
import { API_PREFIX } from './register-routes.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { followTlsFiles, readTlsFiles, type TlsFiles } from './tls-files.ts'

export interface AppOptions extends RequestMeterParts {
  readonly logger: Logger
  /** Addresses of proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[]
  /** Of one client address. */
  readonly requestsPerMinute: number
  /** Undefined: plain HTTP. */
  readonly tls?: TlsFiles | undefined
}

/** A client that takes longer for its headers than this, or to shake hands, is not waited for; it is looked for every few seconds. */
const HEADERS_MS = 15_000
const SERVER_LIMITS = {
  headersTimeout: HEADERS_MS,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
} as const

/** An HTTP server that answers everything it cannot do with a problem document. */
export async function createApp(parts: AppOptions): Promise<FastifyInstance> {
  const { logger, trustProxy, tls, requestsPerMinute, ...metered } = parts
  const options: FastifyServerOptions = {
    // Its own lines hold addresses, and an address can hold a name that was searched for.
    logger: false,
    bodyLimit: LIMITS.bodyBytes,
    trustProxy: trustProxy.length === 0 ? false : [...trustProxy],
    routerOptions: { maxParamLength: 300 },
    requestTimeout: 60_000,
    forceCloseConnections: true,
    ajv: {
      customOptions: {
        allErrors: true,
        coerceTypes: false,
        removeAdditional: false,
        useDefaults: false,
        strict: false,
      },
    },
  }
  const app = tls === undefined ? Fastify({ ...options, http: SERVER_LIMITS }) : createTlsApp(options, tls, logger)
  app.removeContentTypeParser('text/plain')
  app.decorateRequest('viewer')
  meterRequests(app, metered)
  app.addHook('onRequest', async (request, reply) => setSecurityHeaders(request, reply))
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const ms = Math.round(reply.elapsedTime)
    logger.debug({ method, route: routeOptions.url ?? 'none', status: reply.statusCode, ms }, 'answered')
  })
  app.setErrorHandler((error, request, reply) => sendProblem(error as Error, { request, reply, logger }))
  app.setNotFoundHandler((request, reply) => refuseUnknown(request, reply, logger))
  await app.register(fastifyRateLimit, { global: false })
  limitByAddress(app, requestsPerMinute)
  // Registered so that it is loaded; cookies are read by `authenticate`, which sockets use as well.
  await app.register(fastifyCookie, { hook: false })
  return app
}

/** The types tell a server with TLS from one without; nothing else here asks which it is. */
function createTlsApp(options: FastifyServerOptions, files: TlsFiles, logger: Logger): FastifyInstance {
  const https = { ...SERVER_LIMITS, ...readTlsFiles(files), handshakeTimeout: HEADERS_MS }
  const app = Fastify({ ...options, https } as FastifyServerOptions)
  const stop = followTlsFiles(app.server as unknown as TlsServer, { files, logger })
  app.addHook('onClose', () => stop())
  return app
}

interface Exchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly logger: Logger
}

function sendProblem(error: Error, { request, reply, logger }: Exchange): FastifyReply {
  const refused = asCordonError(error, request.routeOptions.bodyLimit)
  const problem = toProblem(refused, request.url.split('?', 1)[0] ?? '/')
  const { method, routeOptions } = request
  if (problem.status >= 500) logger.error({ method, route: routeOptions.url ?? 'none', err: refused }, 'not answered')
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer')
  if (refused instanceof Refusal && refused.retryAfterS !== undefined) {
    void reply.header('retry-after', String(refused.retryAfterS))
  }
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
}

function refuseUnknown(request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  const allowed = methodsOf(request.url.split('?', 1)[0] ?? '/')
  if (allowed.length === 0) {
    return sendProblem(new Refusal('not-found', 'there is nothing at this address'), { request, reply, logger })
  }
  void reply.header('allow', allowed.join(', '))
  const refusal = new Refusal('method-not-allowed', `this address takes ${allowed.join(', ')}`)
  return sendProblem(refusal, { request, reply, logger })
}

const PATTERNS = Object.values(ROUTES as Readonly<Record<string, Route>>).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${API_PREFIX}${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}))

const methodsOf = (path: string): readonly string[] => [
  ...new Set(PATTERNS.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
]
