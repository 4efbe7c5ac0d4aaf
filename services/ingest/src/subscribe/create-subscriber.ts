import { backoff, type Clock, type Logger } from '@cordon/runtime'
import type { IPublishPacket } from 'mqtt-packet'
import type { ConnectionOptions } from './connection-options.ts'
import { type MqttConnection, openConnection } from './mqtt-connection.ts'
import { SESSION_TAKEN_OVER } from './mqtt-packets.ts'

/** One message of a tag, held until it is acknowledged. */
export interface ReceivedMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly receivedAt: number
  /** Which connection it came over: packet ids mean nothing on another one. */
  readonly connection: number
  /** Packet id; 0 for QoS 0, which the broker knows no acknowledgement for. */
  readonly messageId: number
}

export interface Subscriber {
  /** To be called once what the messages say is committed. Messages of an earlier connection are left out: they will come again. */
  acknowledge(messages: readonly ReceivedMessage[]): void
  /** Received over this connection and not yet acknowledged. */
  held(): number
  connected(): boolean
  /** Since when nothing can arrive, epoch ms; null while connected and subscribed. */
  awaySince(): number | null
  stop(): Promise<void>
}

export interface Session {
  readonly connection: number
  /** The broker had kept our session: what was not acknowledged on an earlier connection comes again. */
  readonly isResumed: boolean
}

export interface SubscriberOptions extends ConnectionOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly onMessage: (message: ReceivedMessage) => void
  readonly onSession?: (session: Session) => void
  /** Another process has our session, and with it our messages: what this one knows of the tags is no longer the truth. */
  readonly onTakenOver?: (reason: Error) => void
  /** In [0, 1): spreads the reconnects. */
  readonly random: () => number
}

/** Bytes of messages held at most, beside their number: a message may be 1 MB, a fix is 150 bytes. */
const MAX_HELD_BYTES = 64 * 1024 * 1024
/** A connection that lasted this long was a good one: the next failure is waited for briefly. */
const STEADY_MS = 10_000
/** Of one trouble that lasts, one line so often. */
const SAY_EVERY_MS = 60_000

/**
 * A subscriber that acknowledges late. mqtt.js acknowledges a message in its own time and handles one at a time; here a
 * message is held until `acknowledge`, and whole batches are acknowledged in one write.
 *
 * States: connecting → ready → (paused ⇄ ready) → closed → waiting → connecting …; `stop` ends it from any of them. In every
 * state but ready nothing arrives. When `receiveMaximum` messages (or 64 MB of them) are held, reading stops until half of
 * that is acknowledged: the broker keeps the rest, and drops what was published at QoS 0. A lost connection forgets what was
 * held; the broker sends it again on the next one.
 */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { clock } = options
  const waits = backoff({ minMs: 100, maxMs: 5_000, random: options.random })
  const log = createConnectionLog(options)
  const hold = createHold(options.receiveMaximum)
  let connection: MqttConnection | undefined
  let number = 0
  let awaySince: number | null = clock.now()
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let onClosed: () => void = () => undefined

  const take = (packet: IPublishPacket) => {
    const messageId = packet.qos === 0 ? 0 : (packet.messageId ?? 0)
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    if (hold.take(payload.length)) connection?.pause()
    options.onMessage({ topic: packet.topic, payload, receivedAt: clock.now(), connection: number, messageId })
  }

  const connect = () => {
    number++
    hold.clear()
    let readyAt: number | undefined
    connection = openConnection(options, {
      ready: isResumed => {
        readyAt = performance.now()
        awaySince = null
        log.ready(isResumed, number)
        options.onSession?.({ connection: number, isResumed })
      },
      message: take,
      closed: (reason, reasonCode) => {
        connection = undefined
        awaySince ??= clock.now()
        if (stopping) return onClosed()
        if (reasonCode === SESSION_TAKEN_OVER) return options.onTakenOver?.(reason)
        const lastedMs = readyAt === undefined ? undefined : performance.now() - readyAt
        if (lastedMs !== undefined && lastedMs >= STEADY_MS) waits.reset()
        log.closed(reason, lastedMs)
        timer = setTimeout(connect, waits.next())
      },
    })
  }
  connect()

  return {
    acknowledge: messages => {
      if (connection === undefined) return
      const ids: number[] = []
      for (const message of messages) {
        if (message.connection !== number) continue
        hold.release(message.payload.length)
        if (message.messageId !== 0) ids.push(message.messageId)
      }
      if (ids.length > 0) connection.acknowledge(ids)
      if (hold.mayGoOn()) connection.resume()
    },
    held: () => hold.count(),
    connected: () => awaySince === null,
    awaySince: () => awaySince,
    stop: () => {
      stopping = true
      clearTimeout(timer)
      if (connection === undefined) return Promise.resolve()
      const closed = new Promise<void>(resolve => {
        onClosed = resolve
      })
      connection.end()
      // A broker that does not close in time is left.
      const given = setTimeout(() => connection?.destroy(), 1_000)
      return closed.finally(() => clearTimeout(given))
    },
  }
}

/** What is held of one connection, and whether reading has stopped because it is enough. */
function createHold(receiveMaximum: number) {
  let count = 0
  let bytes = 0
  let isFull = false
  return {
    /** True when reading is to stop now. */
    take: (size: number): boolean => {
      count++
      bytes += size
      if (isFull || (count < receiveMaximum && bytes < MAX_HELD_BYTES)) return false
      isFull = true
      return true
    },
    release: (size: number) => {
      count--
      bytes -= size
    },
    /** True when reading had stopped and is to go on now. */
    mayGoOn: (): boolean => {
      if (!isFull || count > receiveMaximum / 2 || bytes > MAX_HELD_BYTES / 2) return false
      isFull = false
      return true
    },
    clear: () => {
      count = 0
      bytes = 0
      isFull = false
    },
    count: () => count,
  }
}

/** The same trouble is told once a minute, a new one at once. */
function createConnectionLog({ logger, clientId }: Pick<SubscriberOptions, 'logger' | 'clientId'>) {
  let said = ''
  let saidAt = -SAY_EVERY_MS
  let shortLived = 0
  return {
    ready: (isResumed: boolean, connection: number) => {
      said = ''
      if (!isResumed && connection > 1)
        logger.error(
          { clientId },
          'the broker had forgotten our session: what it held for us while we were away is lost',
        )
      else if (connection > 1) logger.warn({ clientId }, 'subscribed to the broker again')
      else logger.info({ clientId, isResumed }, 'subscribed to the broker')
    },
    closed: (reason: Error, lastedMs: number | undefined) => {
      shortLived = lastedMs !== undefined && lastedMs < STEADY_MS ? shortLived + 1 : 0
      if (shortLived === 3)
        logger.error(
          { clientId },
          'the broker closes each connection at once: is a second ingest running under this name?',
        )
      if (reason.message === said && performance.now() - saidAt < SAY_EVERY_MS) return
      said = reason.message
      saidAt = performance.now()
      logger.warn({ err: reason, clientId }, 'no connection to the broker: trying again until there is one')
    },
  }
}
