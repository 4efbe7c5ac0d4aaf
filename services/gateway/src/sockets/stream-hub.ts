import type { Clock, Logger, Tracer } from '@cordon/runtime'
import { toError } from '@cordon/runtime'
import { type Queryable, readLiveCredentials } from '@cordon/store'
import type { RawData, WebSocket } from 'ws'
import type { Viewer } from '../sign-in/viewer.ts'
import type { UnderWay } from '../under-way.ts'
import { type Connection, createConnection } from './connection.ts'
import { encode } from './encode.ts'
import type { FeedChange } from './incident-feed.ts'
import type { OutboxLimits } from './outbox.ts'
import type { PositionBook } from './position-book.ts'
import { createFlush } from './position-sender.ts'
import type { ProvisionalView } from './provisional-book.ts'
import type { StreamMeter } from './stream-meter.ts'

export interface HubParts {
  readonly database: Queryable
  readonly book: PositionBook
  readonly feedPosition: () => bigint
  readonly provisional: () => ProvisionalView
  /** What a new client is told of the system's state, at once. */
  readonly welcome: () => Buffer
  readonly logger: Logger
  readonly clock: Clock
  readonly limits: OutboxLimits
  readonly meter: StreamMeter
  readonly tracer: Tracer
  readonly underWay: UnderWay
}

export interface StreamHub {
  /** A client that has been let in. */
  add(socket: WebSocket, viewer: Viewer): void
  count(): number
  /** How far clients are behind with reading, all of them together. */
  pressure(): Pressure
  deliverIncident(change: FeedChange): void
  /** Sends what positions have changed since the last flush. */
  flushPositions(): void
  /** Sends the provisional alerts to whoever has not been told of them as they are now. */
  flushProvisional(): void
  /** To every client, written once. */
  broadcast(bytes: Buffer): void
  ping(): void
  /** Ends clients that have fallen silent, read too slowly or speak too much. */
  checkClients(): void
  /** Ends clients whose session or token is no longer good, and follows changes of officers' caseloads. */
  checkRights(): Promise<void>
  endCredential(hash: Buffer): void
  /** Sends everybody away, and whoever still comes: nobody can make it read the database any more. */
  stop(): void
}

export interface Pressure {
  /** Bytes that wait for the one for which most do. */
  readonly mostBytes: number
  /** Clients for which more waits than should. */
  readonly slow: number
  /** Positions held back for them. */
  readonly heldBack: number
}

const SILENT_MS = 45_000
/** Messages of one client between two checks (a second). A console sends one in 15 s. */
const MAX_MESSAGES = 50
const PING = encode({ type: 'ping' })

interface Client {
  readonly connection: Connection
  readonly socket: WebSocket
  heardAt: number
  messages: number
}

/** Every client of the stream in this gateway. */
export function createStreamHub(parts: HubParts): StreamHub {
  const { database, book, clock, logger, meter, tracer, underWay } = parts
  const clients = new Set<Client>()
  let stopped = false

  const add = (socket: WebSocket, viewer: Viewer): void => {
    if (stopped) {
      sendAway(socket)
      return
    }
    const client = { connection: createConnection(socket, viewer, parts), socket, heardAt: clock.now(), messages: 0 }
    clients.add(client)
    client.connection.outbox.send(parts.welcome())
    socket.on('message', data => {
      if (stopped) return
      client.heardAt = clock.now()
      client.messages += 1
      if (client.messages <= MAX_MESSAGES) client.connection.receive(toBuffer(data))
    })
    socket.on('pong', () => {
      client.heardAt = clock.now()
    })
    socket.on('error', error => logger.debug({ err: error }, 'stream socket'))
    socket.on('close', () => {
      client.connection.stop()
      clients.delete(client)
    })
  }

  const forEach = (tell: (connection: Connection) => void): void => {
    for (const { connection } of clients) tell(connection)
  }

  const checkClient = (client: Client): void => {
    const { connection, socket } = client
    meter.buffered(connection.outbox.waiting())
    if (clock.now() - client.heardAt > SILENT_MS) {
      meter.ended('silent')
      socket.terminate()
    }
    if (client.messages > MAX_MESSAGES) connection.outbox.end('too-many-requests', 'too many messages', 1008)
    client.messages = 0
    connection.outbox.check(clock.now())
  }

  const endUnless = (isGood: (viewer: Viewer) => boolean): void => {
    for (const { connection } of clients) {
      if (!isGood(connection.viewer)) {
        connection.outbox.end('unauthenticated', 'the session or token has ended: sign in again', 1008)
        connection.stop()
      }
    }
  }

  const checkOnce = async (): Promise<void> => {
    if (clients.size === 0 || stopped) return
    const hashes = [...clients].map(({ connection }) => connection.viewer.credential.hash)
    const good = await readLiveCredentials(database, hashes)
    const asked = new Set(hashes)
    endUnless(
      ({ credential, role }) => !asked.has(credential.hash) || good.has(`${credential.hash.toString('hex')}/${role}`),
    )
    await Promise.all([...clients].map(({ connection }) => connection.refreshCaseload()))
  }

  // Each change of the register asks for a check: those that come while one runs share the next.
  let running: Promise<void> | undefined
  let again = false
  const checkRights = (): Promise<void> => {
    again = running !== undefined
    running ??= underWay
      .track(checkOnce())
      .catch((error: unknown) => logger.warn({ err: toError(error) }, 'rights could not be checked'))
      .finally(() => {
        running = undefined
        if (again) void checkRights()
      })
    return running
  }

  return {
    add,
    count: () => clients.size,
    pressure: () => pressureOf(clients),
    deliverIncident: change => {
      const { cursor } = change.change
      tracer.span('push incident', () => forEach(connection => connection.deliverIncident(change)), {
        ...{ cursor, clients: clients.size },
      })
      if (clients.size > 0) meter.incident(change.change)
    },
    flushPositions: () => {
      const flush = createFlush(book.takeChanged())
      const push = () => forEach(connection => connection.deliverPositions(flush))
      // also when nothing has changed: a client may be able to take what was held back
      if (clients.size === 0 || flush.entries.size === 0) return push()
      tracer.span('push positions', push, { positions: flush.entries.size, clients: clients.size })
      meter.positions(flush.entries)
    },
    flushProvisional: () => {
      const view = parts.provisional()
      for (const { connection } of clients) connection.deliverProvisional(view)
    },
    broadcast: bytes => {
      for (const { connection } of clients) connection.outbox.send(bytes)
    },
    ping: () => {
      for (const { connection, socket } of clients) {
        connection.outbox.send(PING)
        if (connection.outbox.isOpen()) socket.ping()
      }
    },
    checkClients: () => clients.forEach(checkClient),
    checkRights,
    endCredential: hash => endUnless(({ credential }) => !credential.hash.equals(hash)),
    stop: () => {
      stopped = true
      for (const { socket, connection } of clients) {
        connection.stop()
        sendAway(socket)
      }
    },
  }
}

function pressureOf(clients: ReadonlySet<Client>): Pressure {
  const outboxes = [...clients].map(({ connection }) => connection.outbox)
  return {
    mostBytes: outboxes.reduce((most, outbox) => Math.max(most, outbox.waiting()), 0),
    slow: outboxes.filter(outbox => outbox.isFull()).length,
    heldBack: [...clients].reduce((sum, { connection }) => sum + connection.heldBack(), 0),
  }
}

function sendAway(socket: WebSocket): void {
  socket.close(1001, 'the gateway stops')
  setTimeout(() => socket.terminate(), 1_000).unref()
}

function toBuffer(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}
