import { createCheck, LiveConfiguration, LiveIncidents, LivePositions, LiveSystem, TOPICS } from '@cordon/contract'
import { createError, type Logger, toError } from '@cordon/runtime'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'

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
  onPositions(handler: (message: LivePositions) => void): Promise<void>
  onIncidents(handler: (message: LiveIncidents) => void): Promise<void>
  onConfiguration(handler: (message: LiveConfiguration) => void): Promise<void>
  onSystem(handler: (message: LiveSystem) => void): Promise<void>
  connected(): boolean
  /** Told of every change; returns how to stop being told. */
  onState(handler: (connected: boolean) => void): () => void
  close(): Promise<void>
}

export interface LiveOptions {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** Path of a CA certificate is the url's business: `ca` is its PEM text. */
  readonly ca?: string | undefined
  readonly clientId: string
  readonly logger: Logger
  /** Milliseconds between attempts to reconnect. */
  readonly reconnectMs?: number
}

/** Bytes that may wait in the socket before a publish is refused: about a second of positions at 10,000 tags. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024

/** A broker that says nothing for one and a half of these is given up, and says of us the same. */
const KEEPALIVE_SECONDS = 8

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
    reconnectPeriod: reconnectMs,
    connectTimeout: CONNECT_MS,
    keepalive: KEEPALIVE_SECONDS,
    resubscribe: true,
    queueQoSZero: false,
    ...(options.username === undefined ? {} : { username: options.username }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  }
  const client = await connectAsync(url, settings, false).catch((cause: unknown) => {
    throw createError('broker-unavailable', `the broker did not take the connection: ${toError(cause).message}`, {
      cause,
    })
  })
  client.on('error', warnOnce(client, logger))
  return createLive(client, logger)
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

  const publish = (topic: string, message: unknown, qos: 0 | 1): boolean => {
    if (!client.connected || client.stream.writableLength > MAX_WAITING_BYTES) return false
    client.publish(topic, JSON.stringify(message), { qos }, err => {
      if (err) logger.debug({ err, topic }, 'not published')
    })
    return true
  }

  const subscribe = async <T>(topic: string, check: (value: unknown) => value is T, handler: (message: T) => void) => {
    readers.set(topic, payload => {
      const message = parse(payload, check)
      if (message === undefined) logger.error({ topic }, 'a live message does not fit the contract: left out')
      else handler(message)
    })
    await client.subscribeAsync(topic, { qos: topic === TOPICS.livePositions ? 0 : 1 })
  }

  return {
    publishPositions: message => publish(TOPICS.livePositions, message, 0),
    publishIncidents: message => publish(TOPICS.liveIncidents, message, 1),
    publishConfiguration: message => publish(TOPICS.liveConfiguration, message, 1),
    publishSystem: message => publish(TOPICS.liveSystem, message, 0),
    onPositions: handler => subscribe(TOPICS.livePositions, isPositions, handler),
    onIncidents: handler => subscribe(TOPICS.liveIncidents, isIncidents, handler),
    onConfiguration: handler => subscribe(TOPICS.liveConfiguration, isConfiguration, handler),
    onSystem: handler => subscribe(TOPICS.liveSystem, isSystem, handler),
    connected: () => client.connected,
    onState: handler => watchState(client, handler),
    close: () => client.endAsync(true),
  }
}

const isPositions = createCheck(LivePositions)
const isIncidents = createCheck(LiveIncidents)
const isConfiguration = createCheck(LiveConfiguration)
const isSystem = createCheck(LiveSystem)

function parse<T>(payload: Buffer, check: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(payload.toString())
    return check(value) ? value : undefined
  } catch {
    return undefined
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
