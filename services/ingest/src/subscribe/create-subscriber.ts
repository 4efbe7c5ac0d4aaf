import { backoff, type Clock, type Logger } from '@cordon/runtime'
import type { IPublishPacket } from 'mqtt-packet'
import { type ConnectionOptions, type MqttConnection, openConnection } from './mqtt-connection.ts'

/** One message of a tag, held until it is acknowledged. */
export interface ReceivedMessage {
  readonly topic: string
  readonly payload: Uint8Array
  readonly receivedAt: number
  /** Which connection it came over: packet ids mean nothing on another one. */
  readonly connection: number
  /** Packet id; 0 for QoS 0, which is not acknowledged. */
  readonly messageId: number
}

export interface Subscriber {
  /** To be called once what the messages say is committed. Messages of an earlier connection are left out: they will come again. */
  acknowledge(messages: readonly ReceivedMessage[]): void
  /** Received and not yet acknowledged. */
  held(): number
  connected(): boolean
  stop(): Promise<void>
}

export interface SubscriberOptions extends ConnectionOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly onMessage: (message: ReceivedMessage) => void
  /** In [0, 1): spreads the reconnects. */
  readonly random: () => number
}

/**
 * A subscriber that acknowledges late. mqtt.js acknowledges a message in its own time and handles one at a time; here a
 * message is held until `acknowledge`, and whole batches are acknowledged in one write.
 *
 * States: connecting → ready → (paused ⇄ ready) → closed → waiting → connecting …; `stop` ends it from any of them. In every
 * state but ready nothing arrives. When `receiveMaximum` messages are held, reading stops until half of them are acknowledged:
 * the broker keeps the rest. A lost connection forgets what was held; the broker sends it again on the next one.
 */
export function createSubscriber(options: SubscriberOptions): Subscriber {
  const { clock, logger, receiveMaximum } = options
  const waits = backoff({ minMs: 100, maxMs: 5_000, random: options.random })
  let connection: MqttConnection | undefined
  let number = 0
  let held = 0
  let ready = false
  let paused = false
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  let onClosed: () => void = () => undefined

  const take = (packet: IPublishPacket) => {
    const messageId = packet.qos === 0 ? 0 : (packet.messageId ?? 0)
    if (messageId !== 0) held++
    if (held >= receiveMaximum && !paused) {
      paused = true
      connection?.pause()
    }
    const payload = typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload
    options.onMessage({ topic: packet.topic, payload, receivedAt: clock.now(), connection: number, messageId })
  }

  const connect = () => {
    number++
    held = 0
    paused = false
    connection = openConnection(options, {
      ready: sessionPresent => {
        ready = true
        waits.reset()
        logger.info({ sessionPresent }, 'subscribed to the broker')
      },
      message: take,
      closed: reason => {
        if (!stopping) logger.warn({ err: reason }, 'broker connection closed')
        ready = false
        connection = undefined
        if (stopping) onClosed()
        else timer = setTimeout(connect, waits.next())
      },
    })
  }
  connect()

  return {
    acknowledge: messages => {
      const ids: number[] = []
      for (const message of messages)
        if (message.connection === number && message.messageId !== 0) ids.push(message.messageId)
      if (connection === undefined || ids.length === 0) return
      connection.acknowledge(ids)
      held -= ids.length
      if (paused && held <= receiveMaximum / 2) {
        paused = false
        connection.resume()
      }
    },
    held: () => held,
    connected: () => ready,
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
