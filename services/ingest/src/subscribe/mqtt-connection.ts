import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createError } from '@cordon/runtime'
import { parser as createParser, generate, type IPublishPacket, type Packet } from 'mqtt-packet'

/** One network connection to the broker, from CONNECT to close. MQTT 5 (OASIS) or 3.1.1; section numbers are those of MQTT 5. */
export interface MqttConnection {
  /** Acknowledges QoS 1 messages by packet id, all in one write. */
  acknowledge(messageIds: readonly number[]): void
  /** Stops and restarts reading from the network: the bound for a broker that knows no Receive Maximum. */
  pause(): void
  resume(): void
  /** Says goodbye and closes; the session stays at the broker. */
  end(): void
  destroy(): void
}

export interface ConnectionOptions {
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  /** PEM of the authority to trust, for mqtts. */
  readonly ca?: string | undefined
  readonly clientId: string
  readonly protocolVersion: 4 | 5
  readonly filters: readonly string[]
  /** QoS 1 messages that the broker may have under way to us (3.3.4). */
  readonly receiveMaximum: number
  readonly keepaliveSeconds: number
  /** How long the broker keeps the session and its messages while we are away. */
  readonly sessionExpirySeconds: number
}

export interface ConnectionEvents {
  /** Connected and subscribed. `sessionPresent`: the broker remembered us. */
  ready(sessionPresent: boolean): void
  message(packet: IPublishPacket): void
  /** Once, whatever the reason. */
  closed(reason: Error): void
}

const SUBSCRIBE_ID = 1
const CONNECT_MS = 10_000

/** Opens a connection. Nothing is thrown: what goes wrong arrives as `closed`. */
export function openConnection(options: ConnectionOptions, events: ConnectionEvents): MqttConnection {
  const socket = openSocket(options)
  const parser = createParser({ protocolVersion: options.protocolVersion })
  let lastHeard = Date.now()
  let ended = false
  let paused = false
  let sessionPresent = false
  const write = (packet: Packet) => socket.write(generate(packet, { protocolVersion: options.protocolVersion }))

  const close = (reason: Error) => {
    if (ended) return
    ended = true
    clearInterval(keepalive)
    clearTimeout(connectTimeout)
    socket.destroy()
    events.closed(reason)
  }
  const connectTimeout = setTimeout(() => close(brokerError('no CONNACK in 10 s')), CONNECT_MS)
  // A silent peer is dead after one and a half keep-alives (3.1.2.10), for us as for the broker; while we do not read, we cannot tell.
  const keepalive = setInterval(
    () => {
      if (!paused && Date.now() - lastHeard > options.keepaliveSeconds * 1_500)
        close(brokerError('the broker fell silent'))
      else write({ cmd: 'pingreq' })
    },
    (options.keepaliveSeconds * 1_000) / 2,
  )

  parser.on('packet', packet => {
    switch (packet.cmd) {
      case 'connack': {
        const code = packet.reasonCode ?? packet.returnCode ?? 0
        if (code !== 0) return close(brokerError(`the broker refused the connection, reason ${code}`))
        sessionPresent = packet.sessionPresent
        return void write(subscribePacket(options))
      }
      case 'suback': {
        clearTimeout(connectTimeout)
        if (packet.granted.some(granted => typeof granted === 'number' && granted >= 0x80)) {
          return close(brokerError('the broker refused a subscription: check the account’s rights'))
        }
        return events.ready(sessionPresent)
      }
      case 'publish':
        return events.message(packet)
      case 'disconnect':
        return close(brokerError(`the broker disconnected us, reason ${packet.reasonCode ?? 0}`))
      default:
        return undefined
    }
  })
  parser.on('error', (error: Error) => close(error))
  socket.on(options.url.startsWith('mqtts') ? 'secureConnect' : 'connect', () => write(connectPacket(options)))
  socket.on('data', (chunk: Buffer) => {
    lastHeard = Date.now()
    parser.parse(chunk)
  })
  socket.on('error', error => close(error))
  socket.on('close', () => close(brokerError('the connection was closed')))

  return {
    acknowledge: ids => void (ended || socket.write(pubacks(ids))),
    pause: () => {
      paused = true
      socket.pause()
    },
    resume: () => {
      paused = false
      lastHeard = Date.now()
      socket.resume()
    },
    end: () => {
      if (!ended)
        socket.end(generate({ cmd: 'disconnect', reasonCode: 0 }, { protocolVersion: options.protocolVersion }))
    },
    destroy: () => close(brokerError('given up')),
  }
}

function openSocket({ url, ca }: ConnectionOptions): Socket {
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'mqtts:'
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 8883 : 1883) }
  const socket = secure
    ? connectTls({ ...address, servername: address.host, ...(ca === undefined ? {} : { ca }) })
    : connectTcp(address)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 10_000)
  return socket
}

function connectPacket(options: ConnectionOptions): Packet {
  const { clientId, username, password, protocolVersion, receiveMaximum, sessionExpirySeconds } = options
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion,
    clientId,
    clean: false,
    keepalive: options.keepaliveSeconds,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
    ...(protocolVersion === 5 ? { properties: { receiveMaximum, sessionExpiryInterval: sessionExpirySeconds } } : {}),
  }
}

/** Retained messages only with a subscription that is new (`rh: 1`, 3.8.3.1): a reconnect does not repeat them. */
function subscribePacket({ filters, protocolVersion }: ConnectionOptions): Packet {
  const more = protocolVersion === 5 ? { nl: false, rap: true, rh: 1 } : {}
  return {
    cmd: 'subscribe',
    messageId: SUBSCRIBE_ID,
    subscriptions: filters.map(topic => ({ topic, qos: 1 as const, ...more })),
  }
}

/** PUBACK is 0x40, length 2, packet id; in MQTT 5 a missing reason code means success (3.4.2.1), so the bytes are the same. */
function pubacks(ids: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * 4)
  let at = 0
  for (const id of ids) {
    bytes.writeUInt16BE(0x4002, at)
    bytes.writeUInt16BE(id, at + 2)
    at += 4
  }
  return bytes
}

const brokerError = (detail: string) => createError('broker-unavailable', detail)
