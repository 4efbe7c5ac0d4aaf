import { backoff, type Clock, type Logger } from '@cordon/runtime'
import type { IPublishPacket } from 'mqtt-packet'
import { createAnswerOrder } from './answer-order.ts'
import { createConnectionLog, STEADY_MS } from './connection-log.ts'
import type { ConnectionOptions } from './connection-options.ts'
import { createHold } from './hold.ts'
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
  /** To be called once what the messages say is committed. What came over an earlier connection is let go: the broker knows its packet ids no more. */
  acknowledge(messages: readonly ReceivedMessage[]): void
  /** Received and not yet acknowledged, over this connection and all before it. */
  held(): number
  /** Bytes of their payloads; at `MAX_HELD_BYTES` reading stops, as it does at `receiveMaximum` messages. */
  heldBytes(): number
  connected(): boolean
  /** Since when nothing can arrive, epoch ms; null while connected and subscribed. */
  awaySince(): number | null
  stop(): Promise<void>
}

export interface SubscriberOptions extends ConnectionOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly onMessage: (message: ReceivedMessage) => void
  /** Asked before every connection; absent: always. */
  readonly mayConnect?: () => boolean
  /** Another process has our session, and with it our messages: what this one knows of the tags is no longer the truth. */
  readonly onTakenOver?: (reason: Error) => void
  /** In [0, 1): spreads the reconnects. */
  readonly random: () => number
}

/**
 * A subscriber that acknowledges late. mqtt.js acknowledges a message in its own time and handles one at a time; here a
 * message is held until `acknowledge`, and whole batches are acknowledged in one write.
 *
 * States: connecting → ready → (paused ⇄ ready) → closed → waiting → connecting …; `stop` ends it from any of them. In every
 * state but ready nothing arrives. When `receiveMaximum` messages (or 64 MB of them) are held, reading stops until half of
 * that is acknowledged: the broker keeps the rest, and drops what was published at QoS 0. What came in the same read of the network,
 * 64 KiB at most, is held as well: QoS 0, and the broker of MQTT 3.1.1, know no Receive Maximum.
 *
 * What is held is held until it is acknowledged, whatever becomes of the connection. The broker sends it again over the next
 * one, and twice does no harm; but it may also have been killed and have an older snapshot of our session, and then what we hold
 * is all there is of it. So that a connection that comes and goes cannot pile it up, there is none while twice as much is held.
 */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { clock, mayConnect = () => true } = options
  const waits = backoff({ minMs: 100, maxMs: 5_000, random: options.random })
  const log = createConnectionLog(options)
  const hold = createHold(options.receiveMaximum)
  const order = createAnswerOrder()
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
    if (messageId !== 0) order.received(messageId)
    options.onMessage({ topic: packet.topic, payload, receivedAt: clock.now(), connection: number, messageId })
  }

  const connect = () => {
    if (hold.isTooMuch() || !mayConnect()) {
      timer = setTimeout(connect, waits.next())
      return
    }
    number++
    order.clear()
    let readyAt: number | undefined
    connection = openConnection(options, {
      ready: isResumed => {
        readyAt = performance.now()
        awaySince = null
        log.ready(isResumed, number)
        if (hold.isFull()) connection?.pause()
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
      for (const { connection: over, messageId, payload } of messages) {
        hold.release(payload.length)
        if (over === number && messageId !== 0) order.kept(messageId)
      }
      const ids = order.due()
      if (ids.length > 0) connection?.acknowledge(ids)
      if (hold.mayGoOn()) connection?.resume()
    },
    held: () => hold.count(),
    heldBytes: () => hold.bytes(),
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
