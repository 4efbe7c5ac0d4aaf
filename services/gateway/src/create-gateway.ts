import type { Site } from '@cordon/contract'
import type { CheckGeometryOptions } from '@cordon/geofence'
import type { BrokerAccounts, Live } from '@cordon/live'
import { type Clock, createError, type Logger, toError } from '@cordon/runtime'
import { putBootstrapToken, readConfigurationCursor, readIncidentCursor, type Store } from '@cordon/store'
import type { FastifyInstance } from 'fastify'
import { serveConsole } from './console/serve-console.ts'
import { createApp } from './http/create-app.ts'
import { registerRoutes } from './http/register-routes.ts'
import { serveDocuments } from './http/serve-documents.ts'
import { createHandlers } from './routes/handlers.ts'
import { admit } from './sign-in/admit.ts'
import { hashSecret } from './sign-in/secrets.ts'
import { signInRoutes } from './sign-in/sign-in-routes.ts'
import { acceptUpgrades } from './sockets/accept-upgrades.ts'
import { createStream, type Stream, type StreamTimings } from './sockets/create-stream.ts'
import type { OutboxLimits } from './sockets/outbox.ts'

export interface GatewayParts {
  readonly store: Store
  readonly live: Live
  readonly accounts: BrokerAccounts
  readonly logger: Logger
  readonly clock: Clock
  readonly site: Site
  /** Where zones may lie, and of how many vertices. */
  readonly zoneLimits: CheckGeometryOptions
  /** The administrator's first token. */
  readonly adminToken: string | undefined
  /** Folder of the built web application. */
  readonly consoleFolder: string
  /** Address under which people reach this gateway; undefined: whatever they typed. */
  readonly publicUrl: string | undefined
  /** Proxies whose X-Forwarded-* headers are believed. */
  readonly trustProxy: readonly string[]
  readonly signInsPerMinute: number
  readonly maxClients: number
  readonly streamTimings?: Partial<StreamTimings>
  readonly streamLimits?: Partial<OutboxLimits>
}

export interface Gateway {
  /** Listens; port 0 is a free one. */
  start(port: number, host: string): Promise<{ readonly port: number; readonly stop: () => Promise<void> }>
  readonly stream: Stream
}

/** HTTP and WebSocket for people and machines. Nothing acts before `start`. */
export async function createGateway(parts: GatewayParts): Promise<Gateway> {
  const { store, live, logger, publicUrl, adminToken } = parts
  const stream = createStream(parts)
  const app = await createHttp(parts, stream)
  acceptUpgrades(app.server, {
    database: store,
    hub: stream.hub,
    logger,
    publicUrl,
    maxClients: parts.maxClients,
  })
  return {
    stream,
    start: async (port, host) => {
      if (adminToken !== undefined) {
        await store.transaction(inside => putBootstrapToken(inside, hashSecret(adminToken)))
      }
      const { stop } = await stream.start(live)
      await listenOn(app, port, host)
      const address = app.server.address()
      return {
        port: typeof address === 'object' && address !== null ? address.port : port,
        stop: async () => {
          await stop()
          await app.close()
        },
      }
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

async function createHttp(parts: GatewayParts, stream: Stream): Promise<FastifyInstance> {
  const { store, live, logger, publicUrl, consoleFolder } = parts
  const app = await createApp(parts)
  registerRoutes(app, {
    store,
    logger,
    handlers: createHandlers({ ...parts, onCredentialEnded: hash => stream.hub.endCredential(hash) }),
    admit: (request, route) => admit(store, request, { route, publicUrl }),
    changed: async route => {
      // A hint: whoever misses it looks by itself within a second. It must not turn a change that is made into an error.
      await hint(route.right === 'work', { store, live, stream }).catch((error: unknown) =>
        logger.warn({ err: toError(error) }, 'no hint of a change was sent'),
      )
    },
  })
  await app.register(scope =>
    signInRoutes(scope, { store, clock: parts.clock, publicUrl, attemptsPerMinute: parts.signInsPerMinute }),
  )
  serveDocuments(app)
  await serveConsole(app, consoleFolder, store)
  return app
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
