import {
  createCheck,
  decodePositionFrame,
  encodePositionFrame,
  LiveConfiguration,
  LiveIncidents,
  type LivePositions,
  LiveProvisional,
  LiveSystem,
  TOPICS,
} from '@cordon/contract'
import { createError, type Logger, toError } from '@cordon/runtime'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { type TlsOptions, tlsSettings } from './tls-options.ts'

/**
 * The seam between ingest and gateways, over the broker. Everything that goes through here may be lost without harm: the
 * database is the truth, and each reader also looks there by itself every second. So nothing is queued while the broker is
 * away, and nothing here can hold up a commit.
 */
export interface Live {
  /** Conflated positions. False when they were not sent because the broker is away or the last ones are still being written. */
  publishPositions(message: LivePositions): boolean
  publishIncidents(message: LiveIncidents): boolean
  publishConfiguration(message: LiveConfiguration): boolean
  publishSystem(message: LiveSystem): boolean
  publishProvisional(message: LiveProvisional): boolean
  onPositions(handler: (message: LivePositions) => void): Promise<void>
  onIncidents(handler: (message: LiveIncidents) => void): Promise<void>
  onConfiguration(handler: (message: LiveConfiguration) => void): Promise<void>
  onSystem(handler: (message: LiveSystem) => void): Promise<void>
  onProvisional(handler: (message: LiveProvisional) => void): Promise<void>
  /** What the broker counts of itself, where it does (Mosquitto) and this account may hear it; otherwise never called. */
  onBroker(handler: (count: BrokerCount) => void): Promise<void>
  connected(): boolean
  /** Told of every change; returns how to stop being told. */
  onState(handler: (connected: boolean) => void): () => void
  close(): Promise<void>
}

/** `dropped`: messages thrown away since the broker was started, because a queue was full. `stored-bytes`: payloads that it holds for anybody. */
export interface BrokerCount {
  readonly what: 'dropped' | 'stored-bytes'
  readonly value: number
}

/** Mosquitto says these every 10 s (`sys_interval`). */
const BROKER_COUNTS: Readonly<Record<BrokerCount['what'], string>> = {
  dropped: '$SYS/broker/publish/messages/dropped',
  'stored-bytes': '$SYS/broker/store/messages/bytes',
}

export interface LiveOptions extends TlsOptions {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly clientId: string
  readonly logger: Logger
  /** Milliseconds between attempts to reconnect. */
  readonly reconnectMs?: number
  readonly keepaliveSeconds?: number
}

/** Bytes that may wait in the socket before a publish is refused: about a second of positions at 10,000 tags. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

/**
 * A connection of which nothing comes back, though it stands, is found dead after one and a half of these: operators are told of it
 * within 15 s. Pings go out whatever else is sent: mqtt.js would put them off with every heartbeat, for ever.
 */
const KEEPALIVE_SECONDS = 6

/** For the first attempt, which nobody should wait for without a word. */
const CONNECT_MS = 10_000

/**
 * Connects once, then keeps the connection by itself. Rejects with `broker-unavailable` when the first attempt fails or takes
 * longer than 10 s; nothing goes on trying then.
 */
export async function connectLive(options: LiveOptions): Promise<Live> {
  const { url, logger, reconnectMs = 1_000 } = options
  const settings: IClientOptions = {
    clientId: options.clientId,
    protocolVersion: 4,
    clean: true,
    keepalive: options.keepaliveSeconds ?? KEEPALIVE_SECONDS,
    reschedulePings: false,
    reconnectPeriod: reconnectMs,
    connectTimeout: CONNECT_MS,
    resubscribe: true,
    queueQoSZero: false,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...tlsSettings(options),
  }
  const client = await connectAsync(url, settings, false).catch((cause: unknown) => {
    throw createError('broker-unavailable', `the broker did not take the connection: ${toError(cause).message}`, {
      cause,
    })
  })
  client.on('error', warnOnce(client, logger))
  takeAnyAnswer(client)
  return createLive(client, logger)
}

/**
 * Whatever comes after a ping answers it. A broker that is busy takes one packet of a connection at a time, and so comes to the ping after
 * all that was written before it; taken for dead, it would have to send everything again on top.
 */
function takeAnyAnswer(client: MqttClient): void {
  let isAsked = false
  client.on('packetsend', ({ cmd }) => {
    if (cmd === 'pingreq') isAsked = true
  })
  client.on('packetreceive', () => {
    if (!isAsked) return
    isAsked = false
    client.reschedulePing(true)
  })
}

/** A broker that is away fails once a second: told once, and then again only when it was back meanwhile. */
function warnOnce(client: MqttClient, logger: Logger): (err: Error) => void {
  let said = ''
  client.on('connect', () => {
    said = ''
  })
  return err => {
    if (err.message === said) return
    said = err.message
    logger.warn({ err }, 'broker connection')
  }
}

function createLive(client: MqttClient, logger: Logger): Live {
  const readers = new Map<string, (payload: Buffer) => void>()
  client.on('message', (topic, payload) => readers.get(topic)?.(payload))

  const mayPublish = () => client.connected && client.stream.writableLength <= MAX_WAITING_BYTES
  const send = (topic: string, payload: string | Buffer, qos: 0 | 1): void => {
    client.publish(topic, payload, { qos }, err => {
      if (err) logger.debug({ err, topic }, 'not published')
    })
  }
  const publish = (topic: string, message: unknown, qos: 0 | 1): boolean => {
    if (!mayPublish()) return false
    send(topic, JSON.stringify(message), qos)
    return true
  }

  const subscribe = async <T>(
    topic: string,
    read: (payload: Buffer) => T | undefined,
    handler: (message: T) => void,
  ) => {
    readers.set(topic, payload => {
      const message = read(payload)
      if (message === undefined) logger.error({ topic }, 'a live message does not fit the contract: left out')
      else handler(message)
    })
    await client.subscribeAsync(topic, { qos: topic === TOPICS.livePositions ? 0 : 1 })
  }

  return {
    publishPositions: ({ items }) => {
      if (!mayPublish()) return false
      send(TOPICS.livePositions, Buffer.from(encodePositionFrame(items).buffer), 0)
      return true
    },
    publishIncidents: message => publish(TOPICS.liveIncidents, message, 1),
    publishConfiguration: message => publish(TOPICS.liveConfiguration, message, 1),
    publishSystem: message => publish(TOPICS.liveSystem, message, 0),
    publishProvisional: message => publish(TOPICS.liveProvisional, message, 0),
    onPositions: handler => subscribe(TOPICS.livePositions, readPositions, handler),
    onIncidents: handler => subscribe(TOPICS.liveIncidents, readIncidents, handler),
    onConfiguration: handler => subscribe(TOPICS.liveConfiguration, readConfiguration, handler),
    onSystem: handler => subscribe(TOPICS.liveSystem, readSystem, handler),
    onProvisional: handler => subscribe(TOPICS.liveProvisional, readProvisional, handler),
    onBroker: async handler => {
      for (const what of ['dropped', 'stored-bytes'] as const) {
        readers.set(BROKER_COUNTS[what], payload => handler({ what, value: Number(payload) }))
        const refused = (err: unknown) => logger.debug({ err, what }, 'the broker does not say this of itself')
        await client.subscribeAsync(BROKER_COUNTS[what], { qos: 0 }).catch(refused)
      }
    },
    connected: () => client.connected,
    onState: handler => watchState(client, handler),
    close: () => client.endAsync(true),
  }
}

/** Bytes, because there are so many of them: with JSON and its check a position cost the gateway 5 µs before anything was done with it. */
function readPositions(payload: Buffer): LivePositions | undefined {
  const items = decodePositionFrame(payload)
  return items === undefined ? undefined : { items }
}

const readIncidents = reader(createCheck(LiveIncidents))
const readConfiguration = reader(createCheck(LiveConfiguration))
const readSystem = reader(createCheck(LiveSystem))
const readProvisional = reader(createCheck(LiveProvisional))

function reader<T>(check: (value: unknown) => value is T): (payload: Buffer) => T | undefined {
  return payload => {
    try {
      const value: unknown = JSON.parse(payload.toString())
      return check(value) ? value : undefined
    } catch {
      return undefined
    }
  }
}

function watchState(client: MqttClient, handler: (connected: boolean) => void): () => void {
  let told = client.connected
  const tell = (connected: boolean) => {
    // Every attempt that fails closes anew.
    if (connected === told) return
    told = connected
    handler(connected)
  }
  const up = () => tell(true)
  const down = () => tell(false)
  client.on('connect', up)
  client.on('close', down)
  return () => {
    client.off('connect', up)
    client.off('close', down)
  }
}
