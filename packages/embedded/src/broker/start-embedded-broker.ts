import { createServer, type Server, type Socket } from 'node:net'
import { resolve } from 'node:path'
import { createError, isCordonError, type Logger, listen, toError } from '@cordon/runtime'
import { Aedes, type Client } from 'aedes'
import { lockDataDir } from '../data-dir.ts'
import { AedesPersistence } from './aedes-persistence.ts'
import { type BrokerCounts, createCounts } from './broker-counts.ts'
import { type BrokerRules, createHooks, type Hooks } from './broker-hooks.ts'
import { type BrokerLimits, readLimits } from './limits.ts'
import { MessageStore } from './message-store.ts'
import { createPacketGuard } from './packet-guard.ts'

export interface EmbeddedBrokerOptions<A> extends BrokerRules<A> {
  readonly host: string
  /** 0: a free one. */
  readonly port: number
  /** Sessions, their messages, retained messages and wills are kept here, on the disk before they are acknowledged. Without it: in memory. */
  readonly persistenceDir?: string
  readonly limits?: Partial<BrokerLimits>
  readonly logger: Logger
}

/** What the broker holds now, and what it has refused so far. */
export interface BrokerStats extends Readonly<BrokerCounts> {
  readonly connections: number
  readonly persistentSessions: number
  readonly queuedBytes: number
  readonly retained: number
}

export interface EmbeddedBroker<A> {
  /** mqtt://host:port */
  readonly url: string
  readonly port: number
  connections(): number
  stats(): BrokerStats
  /** Closes every connection whose account it is true for, e.g. after a tag's password was changed. Gives their number. */
  disconnect(isMeant: (account: A) => boolean): number
  stop(): Promise<void>
}

/**
 * The MQTT broker that comes with the checkout: MQTT 3.1.1 over TCP, without TLS, for one machine. Throws `port-in-use`,
 * `data-dir-unusable`, `data-dir-in-use` or `broker-start-failed`.
 */
export async function startEmbeddedBroker<A>(options: EmbeddedBrokerOptions<A>): Promise<EmbeddedBroker<A>> {
  const dir = options.persistenceDir === undefined ? undefined : resolve(options.persistenceDir)
  const lock = dir === undefined ? undefined : lockDataDir(dir)
  const limits = readLimits(options.limits ?? {})
  const store = new MessageStore({ dir, limits, logger: options.logger })
  try {
    const parts = await assemble(options, { limits, store })
    const port = await listen(parts.server, options.port, options.host)
    options.logger.info({ port, kept: dir ?? 'in memory' }, 'embedded MQTT broker is ready')
    return embed(parts, { url: `mqtt://${options.host}:${port}`, port, release: () => lock?.release() })
  } catch (cause) {
    await store.close()
    lock?.release()
    if (isCordonError(cause)) throw cause
    throw createError('broker-start-failed', `the embedded broker did not start: ${toError(cause).message}`, { cause })
  }
}

interface Parts<A> {
  readonly aedes: Aedes
  readonly server: Server
  readonly store: MessageStore
  readonly hooks: Hooks<A>
  readonly counts: BrokerCounts
  readonly clients: Set<Client>
  readonly sockets: Set<Socket>
}

async function assemble<A>(
  options: EmbeddedBrokerOptions<A>,
  { limits, store }: { readonly limits: BrokerLimits; readonly store: MessageStore },
): Promise<Parts<A>> {
  const { logger } = options
  const counts = createCounts()
  const hooks = createHooks({ rules: options, store, counts, logger })
  await store.open()
  const aedes = await Aedes.createBroker({
    ...hooks.handlers,
    persistence: new AedesPersistence({ store, limits, maySubscribe: hooks.maySubscribe }),
    ...{ connectTimeout: limits.connectTimeoutMs, drainTimeout: limits.slowReaderMs },
    keepaliveLimit: limits.maxKeepaliveS,
    // What a client may send before its CONNACK.
    queueLimit: 1_000,
  })
  const clients = watchClients(aedes, logger)
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    acceptConnection(socket, { aedes, limits, counts, logger })
  })
  boundConnections(server, { limits, counts, logger })
  return { aedes, server, store, hooks, counts, clients, sockets }
}

function boundConnections(server: Server, { limits, counts, logger }: Omit<Acceptance, 'aedes'>): void {
  const { maxConnections } = limits
  server.maxConnections = maxConnections
  server.on('drop', () => {
    counts.surplusConnections += 1
    logger.warn({ maxConnections }, 'a connection was closed: there are too many')
  })
}

function watchClients(aedes: Aedes, logger: Logger): Set<Client> {
  const clients = new Set<Client>()
  aedes.on('clientReady', client => clients.add(client))
  aedes.on('clientDisconnect', client => clients.delete(client))
  aedes.on('clientError', (client, err) => logger.info({ clientId: client.id, err }, 'a client was disconnected'))
  aedes.on('connectionError', (_client, err) => logger.info({ err }, 'a connection was closed before it was a client'))
  // Not in its types, but aedes emits it when an internal publish fails; unheard it would end the process.
  const events: NodeJS.EventEmitter = aedes
  events.on('error', error => logger.error({ err: toError(error) }, 'the broker has failed to pass something on'))
  return clients
}

interface Acceptance {
  readonly aedes: Aedes
  readonly limits: BrokerLimits
  readonly counts: BrokerCounts
  readonly logger: Logger
}

function acceptConnection(socket: Socket, { aedes, limits, counts, logger }: Acceptance): void {
  // A peer that vanished is noticed although its client asked for a long keep-alive.
  socket.setKeepAlive(true, 60_000)
  guard(socket, limits.maxPacketBytes, () => {
    counts.oversizedPackets += 1
    logger.warn({ maxPacketBytes: limits.maxPacketBytes }, 'a connection was closed: its packet is too large')
  })
  aedes.handle(socket)
}

/** aedes takes its bytes with `read`, so that is where they are looked at: nothing is copied, no stream is put in between. */
function guard(socket: Socket, maxPacketBytes: number, onOversize: () => void): void {
  const packets = createPacketGuard(maxPacketBytes)
  const read = socket.read.bind(socket)
  socket.read = size => {
    const chunk: unknown = read(size)
    if (!(chunk instanceof Uint8Array) || packets.accept(chunk)) return chunk
    onOversize()
    socket.destroy()
    return null
  }
}

interface Place {
  readonly url: string
  readonly port: number
  readonly release: () => void
}

function embed<A>(parts: Parts<A>, { url, port, release }: Place): EmbeddedBroker<A> {
  const { aedes, store, hooks, counts, clients } = parts
  let stopping: Promise<void> | undefined
  return {
    url,
    port,
    connections: () => aedes.connectedClients,
    stats: () => ({
      ...counts,
      connections: aedes.connectedClients,
      persistentSessions: store.state.sessions.size,
      queuedBytes: store.state.queuedBytes,
      retained: store.state.retained.size,
    }),
    disconnect(isMeant) {
      const meant = [...clients].filter(client => {
        const account = hooks.accountOf(client)
        return account !== undefined && isMeant(account)
      })
      for (const client of meant) client.close()
      return meant.length
    },
    stop() {
      stopping ??= stopAll(parts).finally(release)
      return stopping
    },
  }
}

/** Nobody new, then the clients, then those who never became one, then the last of the journal. */
async function stopAll<A>({ aedes, server, store, sockets }: Parts<A>): Promise<void> {
  const closed = new Promise<void>(done => server.close(() => done()))
  await new Promise<void>(done => aedes.close(done))
  for (const socket of sockets) socket.destroy()
  await closed
  await store.close()
}
