import { backoff, type Clock, type Logger, sleep, toError } from '@cordon/runtime'
import type { Consumer, JsMsg } from '@nats-io/jetstream'
import type { NatsLink } from './connect-nats.ts'
import { createDeliveries } from './deliveries.ts'
import { takeConsumer } from './partition-consumers.ts'
import { MQTT_STREAM, topicOf } from './subjects.ts'

/** One message of a tag, in the order of the stream. */
export interface PartitionMessage {
  readonly topic: string
  readonly payload: Uint8Array
  /** Place in the stream: grows from message to message. */
  readonly sequence: number
  /** Counts the readings: after a loss on the way, what was not acknowledged comes again under a higher number. */
  readonly reading: number
}

export interface PartitionOptions {
  readonly link: NatsLink
  readonly partition: number
  /** Of the lease under which this reads. */
  readonly epoch: number
  /** Messages delivered and not yet acknowledged. */
  readonly maxPending: number
  readonly onMessage: (message: PartitionMessage) => void
  /** Everything before this reading that was not acknowledged comes again in it. */
  readonly onReading: (reading: number) => void
  /** A later owner reads this partition. */
  readonly onLost: (reason: Error) => void
  readonly random: () => number
  readonly clock: Clock
  readonly logger: Logger
}

export interface Partition {
  /** To be called once what the messages say is committed, in any order. Those of an earlier reading are left out. */
  acknowledge(messages: readonly Pick<PartitionMessage, 'sequence' | 'reading'>[]): void
  held(): number
  /** Of those, their payloads. */
  heldBytes(): number
  /** Since when nothing can arrive, epoch ms; null while it is read. */
  awaySince(): number | null
  /** Ends the reading and sends what is acknowledged. */
  stop(): Promise<void>
}

/** A pull is open so long; then the next one is sent. The server says twice within it that it is still there. */
const PULL_MS = 10_000
/** Pulls in succession that may end without a word before the reading begins anew: a new consumer costs the cluster a vote. */
const SILENT_PULLS = 2
const PULL_MESSAGES = 500
/**
 * A tag's message may be 1 MB, and most are 200 bytes: a pull asks for so many as were no more than this if all were as large as the
 * largest of the last one. (A pull by bytes ends after 100 messages, and the client then waits for the rest of its time.)
 */
const PULL_BYTES = 8 * 1024 * 1024
const FULL_MS = 5
/** Markers come every ten seconds: a partition of which nothing comes for so long has no leader, whatever the connection says. */
const DEAF_MS = 35_000

/**
 * Reads one partition in order until it is stopped. States: taking (a consumer of its own, from the first message that nobody has
 * acknowledged) → reading ⇄ full → taking … A message that was lost between server and reader shows by its delivery number, and
 * then the reading begins anew; nothing is ever handed on out of order. When `maxPending` is held the server sends no more.
 */
export function openPartition(options: PartitionOptions): Partition {
  const { link, partition, epoch, maxPending, clock, logger } = options
  const waits = backoff({ minMs: 100, maxMs: 2_000, random: options.random })
  const stopping = new AbortController()
  const deliveries = createDeliveries(maxPending, PULL_BYTES)
  let reading = 0
  let awaySince: number | null = clock.now()
  let heardAt = clock.now()
  let endPull: () => void = () => undefined

  /** What cannot be sent now goes with the next one: a marker comes every few seconds. */
  const acknowledge = () => {
    if (link.connected()) deliveries.acknowledge()
  }

  const take = (message: JsMsg): boolean => {
    heardAt = clock.now()
    const what = deliveries.take(message)
    if (what === 'lost') return false
    if (what === 'repeated') return true
    const topic = topicOf(message.subject)
    const { seq: sequence, data: payload } = message
    if (topic === null) {
      deliveries.kept([sequence])
      acknowledge()
    } else options.onMessage({ topic, payload, sequence, reading })
    return true
  }

  /** Until something was lost on the way, or the consumer fails. */
  const pull = async (consumer: Consumer) => {
    let silent = 0
    let largest = PULL_BYTES / PULL_MESSAGES
    while (!stopping.signal.aborted) {
      if (deliveries.isFull()) {
        await sleep(FULL_MS)
        continue
      }
      const wanted = Math.min(PULL_MESSAGES, Math.max(1, Math.floor(PULL_BYTES / largest)))
      const messages = await consumer.fetch({ max_messages: wanted, expires: PULL_MS })
      largest = 1
      endPull = () => messages.stop()
      // the server ends a pull; one that has gone does not
      const overdue = setTimeout(endPull, 1.5 * PULL_MS)
      try {
        for await (const message of messages) {
          largest = Math.max(largest, message.data.length)
          if (!take(message)) return
        }
        silent = 0
        waits.reset()
      } catch (error) {
        // what it had on the way shows by its delivery number
        if (!isSilence(error) || ++silent > SILENT_PULLS) throw error
      } finally {
        clearTimeout(overdue)
      }
    }
  }

  const readOn = async () => {
    const { name, acknowledged } = await takeConsumer(link, { partition, epoch, maxPending })
    reading++
    deliveries.clear(acknowledged)
    options.onReading(reading)
    logger.info({ partition, epoch, reading, from: acknowledged + 1 }, 'reading a partition')
    awaySince = null
    heardAt = clock.now()
    await pull(await link.js.consumers.get(MQTT_STREAM, name))
    if (stopping.signal.aborted) return
    logger.warn({ partition, epoch, reading }, 'messages were lost on the way: reading again what was not acknowledged')
  }

  const run = async () => {
    while (!stopping.signal.aborted) {
      try {
        await readOn()
      } catch (thrown) {
        awaySince ??= clock.now()
        if (stopping.signal.aborted) return
        const error = toError(thrown)
        if ('code' in error && error.code === 'lease-lost') return options.onLost(error)
        logger.warn({ partition, epoch, err: error }, 'a partition cannot be read: trying again')
        await sleep(waits.next(), stopping.signal).catch(() => undefined)
      }
    }
  }
  const running = run()

  return {
    acknowledge: messages => {
      deliveries.kept(messages.filter(message => message.reading === reading).map(({ sequence }) => sequence))
      acknowledge()
    },
    held: () => deliveries.held(),
    heldBytes: () => deliveries.heldBytes(),
    awaySince: () => awaySince ?? link.awaySince() ?? (clock.now() - heardAt > DEAF_MS ? heardAt : null),
    stop: async () => {
      stopping.abort()
      endPull()
      await running
      awaySince ??= clock.now()
      await link.flush().catch(() => undefined)
    },
  }
}

/** No heartbeat came: of a starved machine or a change of leader, after which the same consumer goes on. */
const isSilence = (error: unknown): boolean => toError(error).message === 'heartbeats missed'
