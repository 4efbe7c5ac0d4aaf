import type { Site } from '@cordon/contract'
import type { CheckGeometryOptions } from '@cordon/geofence'
import type { BrokerAccounts, Live } from '@cordon/live'
import { type Clock, createError, type Logger, type Registry, type Tracer, toError } from '@cordon/runtime'
import { putBootstrapToken, readConfigurationCursor, readIncidentCursor, type Store } from '@cordon/store'
import type { FastifyInstance } from 'fastify'
import { type AccountKeeper, keepAccounts } from './accounts/keep-accounts.ts'
import { serveConsole } from './console/serve-console.ts'
import { prepareClose } from './http/close-app.ts'
import { createApp } from './http/create-app.ts'
import { limitByCredential } from './http/limit-requests.ts'
import { registerRoutes } from './http/register-routes.ts'
import { serveDocuments } from './http/serve-documents.ts'
import type { TlsFiles } from './http/tls-files.ts'
import { createPreviewer } from './preview/create-previewer.ts'
import { createHandlers } from './routes/handlers.ts'
import { admit } from './sign-in/admit.ts'
import { type Front, frontOf } from './sign-in/front.ts'
import { hashSecret } from './sign-in/secrets.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { acceptUpgrades } from './sockets/accept-upgrades.ts'
import { createStream, type Stream, type StreamTimings } from './sockets/create-stream.ts'
import type { OutboxLimits } from './sockets/outbox.ts'
import { createUnderWay, type UnderWay } from './under-way.ts'

export interface GatewayParts {
  /** Of this gateway, at the broker, in the log and on record. */
  readonly name: string
  readonly store: Store
  readonly live: Live
  readonly accounts: BrokerAccounts
  readonly logger: Logger
  /** Where it counts what it does. */
  readonly registry: Registry
  readonly tracer: Tracer
  readonly clock: Clock
  readonly site: Site
  /** Where zones may lie, and of how many vertices. */
  readonly zoneLimits: CheckGeometryOptions
  /** The administrator's first token. */
  readonly adminToken: string | undefined
  /** What the secrets of webhooks follow from; the notifier has the same one. */
  readonly webhookKey: string | undefined
  /** Folder of the built web application. */
  readonly consoleFolder: string
  /** Address under which people reach this gateway; undefined: whatever they typed. */
  readonly publicUrl: string | undefined
  /** This process speaks TLS itself; undefined: a proxy does, or nobody. */
  readonly tls?: TlsFiles | undefined
  /** Proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[]
  readonly signInsPerMinute: number
  /** Of one client address, and of one session or token. */
  readonly requestsPerMinute: number
  /** A session ends then, however often it is used. */
  readonly sessionSeconds: number
  readonly maxClients: number
  readonly streamTimings?: Partial<StreamTimings>
  readonly streamLimits?: Partial<OutboxLimits>
}

export interface Gateway {
  /** Listens; port 0 is a free one. When it rejects, or has been stopped, nothing of it uses the database any more. */
  start(port: number, host: string): Promise<{ readonly port: number; readonly stop: () => Promise<void> }>
  readonly stream: Stream
}

/** HTTP and WebSocket for people and machines. Nothing acts before `start`. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { store, live, logger, adminToken } = parts
  const front = frontOf(parts.publicUrl, parts.tls !== undefined)
  const underWay = createUnderWay()
  const stream = createStream({ ...parts, underWay })
  const { app, close } = await createHttp({ ...parts, underWay, front }, stream)
  acceptUpgrades(app.server, {
    database: store,
    hub: stream.hub,
    logger,
    front,
    maxClients: parts.maxClients,
    underWay,
  })
  const stop = async () => {
    // Nobody new first; the server is only closed once the stream's clients are gone.
    const closed = close()
    await stream.stop()
    await closed
    await underWay.ended()
  }
  return {
    stream,
    start: async (port, host) => {
      if (adminToken !== undefined) {
        await store.transaction(inside => putBootstrapToken(inside, hashSecret(adminToken)))
      }
      try {
        await stream.start(live)
        await listenOn(app, port, host)
      } catch (error) {
        await stop()
        throw error
      }
      const address = app.server.address()
      return { port: typeof address === 'object' && address !== null ? address.port : port, stop }
    },
  }
}

async function listenOn(app: FastifyInstance, port: number, host: string): Promise<void> {
  try {
    await app.listen({ port, host })
  } catch (cause) {
    const isInUse = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE'
    throw isInUse ? createError('port-in-use', `port ${port} on ${host} is in use: CORDON_HTTP_PORT`, { cause }) : cause
  }
}

type HttpParts = GatewayParts & { readonly underWay: UnderWay; readonly front: Front }

async function createHttp(parts: HttpParts, stream: Stream) {
  const { store, live, logger, front, underWay } = parts
  const app = await createApp(parts)
  const close = prepareClose(app)
  const previewer = createPreviewer()
  app.addHook('onClose', () => previewer.stop())
  let keeper: AccountKeeper | undefined
  app.addHook('onListen', async () => {
    keeper = keepAccounts(parts)
  })
  app.addHook('onClose', () => keeper?.stop())
  const owe = (username: string) => keeper?.owe(username)
  trackHandlers(app, underWay)
  const bound = limitByCredential(app, parts.requestsPerMinute)
  registerRoutes(app, {
    store,
    logger,
    handlers: createHandlers({
      ...parts,
      previewer,
      keeper: { owe },
      onCredentialEnded: hash => stream.hub.endCredential(hash),
    }),
    admit: async (request, route) => {
      const viewer = await underWay.track(admit(store, request, { route, front }))
      request.viewer = viewer
      await bound(request)
      return viewer
    },
    changed: async route => {
      // A hint: whoever misses it looks by itself within a second. It must not turn a change that is made into an error.
      await hint(route.right === 'work', { store, live, stream }).catch((error: unknown) =>
        logger.warn({ err: toError(error) }, 'no hint of a change was sent'),
      )
    },
  })
  const { clock, sessionSeconds, signInsPerMinute: attemptsPerMinute } = parts
  await app.register(scope => signInRoutes(scope, { store, clock, front, attemptsPerMinute, sessionSeconds }))
  serveDocuments(app)
  await serveConsole(app, parts)
  return { app, close }
}

/** Whoever hangs up is no longer answered, but what they asked for goes on. */
function trackHandlers(app: FastifyInstance, underWay: UnderWay): void {
  app.addHook('onRoute', route => {
    const { handler } = route
    route.handler = function (request, reply) {
      const result: unknown = handler.call(this, request, reply)
      return result instanceof Promise ? underWay.track(result) : result
    }
  })
}

async function hint(
  isIncident: boolean,
  { store, live, stream }: { readonly store: Store; readonly live: Live; readonly stream: Stream },
): Promise<void> {
  if (isIncident) {
    stream.nudge()
    live.publishIncidents({ cursor: await readIncidentCursor(store) })
  } else live.publishConfiguration({ cursor: await readConfigurationCursor(store) })
}
