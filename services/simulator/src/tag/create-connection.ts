import { TOPICS } from '@cordon/contract'
import { backoff, type Logger } from '@cordon/runtime'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { TagCredentials } from '../people/read-files.ts'
import { createMemory, type Memory } from './create-memory.ts'

/** The radio of one tag: a connection of its own, and the memory of what has not got through. */
export interface Connection {
  /** Never refuses: what cannot go now is kept, and goes when it can. */
  send(topic: string, payload: string | Buffer, acknowledged?: () => void): void
  connected(): boolean
  /** Messages that are kept, and messages that a full memory has lost. */
  kept(): { readonly waiting: number; readonly forgotten: number }
  /** Waits a little for what is on its way, says that it is going, and closes. */
  stop(): Promise<void>
}

export interface Broker {
  readonly url: string
  /** PEM of the authority that signed the broker's certificate. */
  readonly ca: string | undefined
}

export interface ConnectionOptions {
  readonly tagId: string
  readonly broker: Broker
  readonly credentials: TagCredentials
  readonly logger: Logger
  /** In [0, 1): spreads the reconnects. */
  readonly random: () => number
}

/** Messages: five hours at one fix in 15 s. */
const REMEMBERED = 1_200
/** Messages on their way at once; tags have little memory for more. */
const WINDOW = 16
const RETRY_MS = { minMs: 1_000, maxMs: 30_000 }
const LAST_WORDS_MS = 700
const ONLINE = JSON.stringify({ online: true })
const OFFLINE = JSON.stringify({ online: false })

/**
 * connecting → open → closed → waiting → connecting …; `stop` ends it from any of them. mqtt.js would reconnect and send
 * again by itself, but keeps what it sends without a bound; so each connection is a new client and the memory is ours.
 */
export function createConnection(options: ConnectionOptions): Connection {
  const memory = createMemory(REMEMBERED)
  const waits = backoff({ ...RETRY_MS, random: options.random })
  let client: MqttClient | undefined
  let timer: NodeJS.Timeout | undefined

  const pump = () => {
    if (client !== undefined) sendFrom(memory, client)
  }
  const open = () => {
    const opened = openClient(options)
    client = opened
    opened.on('connect', () => {
      waits.reset()
      pump()
    })
    opened.on('close', () => {
      if (opened !== client) return
      client = undefined
      memory.takeAllBack()
      opened.end(true)
      timer = setTimeout(open, waits.next())
    })
  }
  open()

  return {
    send: (topic, payload, acknowledged = () => undefined) => {
      memory.add({ topic, payload, acknowledged })
      pump()
    },
    connected: () => client?.connected ?? false,
    kept: () => ({ waiting: memory.size(), forgotten: memory.forgotten() }),
    stop: async () => {
      clearTimeout(timer)
      const last = client
      client = undefined
      if (last !== undefined) await sayGoodbye(last, TOPICS.tagStatus(options.tagId))
    },
  }
}

/** As much of the memory as may be on its way at once; each acknowledgement makes room for the next. */
function sendFrom(memory: Memory, client: MqttClient): void {
  while (client.connected && memory.onTheWay() < WINDOW) {
    const message = memory.take()
    if (message === undefined) return
    client.publish(message.topic, message.payload, { qos: 1 }, error => {
      // What a lost connection did not get through is in the memory again, or has gone with the next.
      if (error || !memory.remove(message)) return
      message.acknowledged()
      sendFrom(memory, client)
    })
  }
}

function openClient(options: ConnectionOptions): MqttClient {
  const { tagId, logger } = options
  const client = connect(options.broker.url, clientOptions(options))
  client.on('connect', () => void client.publish(TOPICS.tagStatus(tagId), ONLINE, { qos: 1, retain: true }))
  client.on('error', err => logger.warn({ err, tagId }, 'a tag has trouble with its connection'))
  return client
}

function clientOptions({ tagId, broker, credentials }: ConnectionOptions): IClientOptions {
  return {
    ...credentials,
    clientId: credentials.username,
    protocolVersion: 4,
    clean: true,
    keepalive: 60,
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    will: { topic: TOPICS.tagStatus(tagId), payload: Buffer.from(OFFLINE), qos: 1, retain: true },
    ...(broker.ca === undefined ? {} : { ca: broker.ca }),
  }
}

/** Acknowledgements come in order, so with that of the last message all earlier ones are in. */
async function sayGoodbye(client: MqttClient, statusTopic: string): Promise<void> {
  const closed = new Promise<void>(resolve => void client.once('close', () => resolve()))
  const given = setTimeout(() => client.end(true), LAST_WORDS_MS)
  if (client.connected) client.publish(statusTopic, OFFLINE, { qos: 1, retain: true }, () => void client.end())
  else client.end(true)
  await closed
  clearTimeout(given)
}
