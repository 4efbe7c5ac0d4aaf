import { createError, type Logger, toError, withTimeout } from '@cordon/runtime'
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect, type NatsConnection, type NodeConnectionOptions, type TlsOptions } from '@nats-io/transport-node'

export interface NatsOptions {
  /** `nats://` or `tls://` addresses of the cluster's servers; another one is taken when one goes. */
  readonly servers: readonly string[]
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** PEM text of the authority to trust, where the addresses are `tls://`; the system's when absent. */
  readonly ca?: string | undefined
  /** Our own certificate and its key, for servers that ask for one. PEM texts. */
  readonly cert?: string | undefined
  readonly key?: string | undefined
  /** Stands in the server's list of connections. */
  readonly name: string
  readonly logger: Logger
}

export interface NatsLink {
  readonly js: JetStreamClient
  readonly manager: JetStreamManager
  /** A request to the server's own interface that the manager does not know; gives the answer as it is. */
  ask(subject: string, request: object): Promise<unknown>
  connected(): boolean
  /** Since when nothing can arrive, epoch ms; null while connected. */
  awaySince(): number | null
  /** Resolves when all that was sent has reached a server; rejects while there is none. */
  flush(): Promise<void>
  /** Fulfilled when the connection has ended for good, with the reason unless it was asked to. */
  readonly closed: Promise<Error | undefined>
  stop(): Promise<void>
}

const CONNECT_MS = 10_000
const RECONNECT_MS = 250
/** A server that answers neither of two pings is left: a machine that has gone says nothing. */
const PING_MS = 3_000
/** A cluster that chooses a new leader answers late. */
const API_MS = 5_000
const FLUSH_MS = 2_000

/** Connects to one server of a NATS cluster and stays connected to any of them. Rejects with `broker-unavailable`. */
export async function connectNats(options: NatsOptions): Promise<NatsLink> {
  const { logger } = options
  const connection = await connect(toSettings(options)).catch((cause: unknown) => {
    throw createError('broker-unavailable', `no NATS server took the connection: ${toError(cause).message}`, { cause })
  })
  let awaySince: number | null = null
  void watch(connection, at => {
    if (at !== null && awaySince === null) logger.warn('the NATS server is away: trying the others')
    if (at === null && awaySince !== null) logger.warn({ server: connection.getServer() }, 'connected to NATS again')
    awaySince = at
  })
  return {
    js: jetstream(connection, { timeout: API_MS }),
    manager: await jetstreamManager(connection, { timeout: API_MS, checkAPI: false }),
    ask: async (subject, request) =>
      (await connection.request(subject, JSON.stringify(request), { timeout: API_MS })).json(),
    connected: () => awaySince === null && !connection.isClosed(),
    awaySince: () => awaySince,
    flush: () => withTimeout('sending to NATS', FLUSH_MS, () => connection.flush()),
    closed: connection.closed().then(reason => reason ?? undefined),
    stop: () => connection.close(),
  }
}

function toSettings(options: NatsOptions): NodeConnectionOptions {
  const { servers, username, password, name } = options
  return {
    ...{ servers: servers.map(server => server.replace(/^(nats|tls):\/\//, '')), name, timeout: CONNECT_MS },
    ...{ reconnect: true, maxReconnectAttempts: -1, reconnectTimeWait: RECONNECT_MS, reconnectJitter: RECONNECT_MS },
    ...{ pingInterval: PING_MS, maxPingOut: 2 },
    ...(username === undefined ? {} : { user: username, pass: password ?? '' }),
    ...(servers.some(server => server.startsWith('tls:')) ? { tls: toTls(options) } : {}),
  }
}

/** With it the library refuses a server that offers no TLS. What is undefined must not be there. */
const toTls = ({ ca, cert, key }: NatsOptions): TlsOptions => ({
  ...(ca !== undefined && { ca }),
  ...(cert !== undefined && { cert }),
  ...(key !== undefined && { key }),
})

/** Tells of every loss and return of the connection, until it is closed. */
async function watch(connection: NatsConnection, tell: (awaySince: number | null) => void): Promise<void> {
  for await (const { type } of connection.status()) {
    if (type === 'disconnect') tell(Date.now())
    if (type === 'reconnect') tell(null)
  }
}
