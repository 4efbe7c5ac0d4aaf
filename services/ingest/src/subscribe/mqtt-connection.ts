import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { createError, toError } from '@cordon/runtime'
import {
  parser as createParser,
  generate,
  type IConnackPacket,
  type IPublishPacket,
  type ISubackPacket,
  type Packet,
} from 'mqtt-packet'
import type { ConnectionOptions } from './connection-options.ts'
import { connectPacket, pubacks, reasonText, subscribePacket } from './mqtt-packets.ts'

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

export interface ConnectionEvents {
  /** Connected and subscribed. `sessionPresent`: the broker remembered us. */
  ready(sessionPresent: boolean): void
  message(packet: IPublishPacket): void
  /** Once, whatever the reason. `reasonCode`: the one the broker gave, if it gave one. */
  closed(reason: Error, reasonCode?: number): void
}

const SUBSCRIBE_ID = 1
const CONNECT_MS = 10_000

/** Opens a connection. Nothing is thrown: what goes wrong arrives as `closed`, and nothing arrives after it. */
export function openConnection(options: ConnectionOptions, events: ConnectionEvents): MqttConnection {
  const { protocolVersion } = options
  const socket = openSocket(options)
  const parser = createParser({ protocolVersion })
  let ended = false
  let sessionPresent = false
  const write = (packet: Packet) => void (ended || socket.write(generate(packet, { protocolVersion })))

  const close = (reason: Error, reasonCode?: number) => {
    if (ended) return
    ended = true
    keepalive.stop()
    clearTimeout(connectTimeout)
    socket.destroy()
    events.closed(reason, reasonCode)
  }
  const connectTimeout = setTimeout(() => close(brokerError('the broker did not answer in 10 s')), CONNECT_MS)
  const keepalive = createKeepalive(
    () => write({ cmd: 'pingreq' }),
    () => close(brokerError('the broker fell silent')),
  )

  const onConnack = (packet: IConnackPacket) => {
    const code = packet.reasonCode ?? packet.returnCode ?? 0
    if (code !== 0) return close(brokerError(`the broker refused the connection: ${reasonText(code)}`), code)
    sessionPresent = packet.sessionPresent
    // The broker may insist on a keep-alive of its own (3.2.2.3.14).
    keepalive.start(packet.properties?.serverKeepAlive ?? options.keepaliveSeconds)
    write(subscribePacket(SUBSCRIBE_ID, options))
  }
  const onSuback = ({ granted }: ISubackPacket) => {
    clearTimeout(connectTimeout)
    const refused = granted.findIndex(code => code !== 1)
    if (refused < 0) return events.ready(sessionPresent)
    const filter = options.filters[refused] ?? ''
    close(brokerError(`the broker did not grant ${filter} at QoS 1: check the account’s rights`))
  }
  parser.on('packet', packet => {
    if (ended) return
    switch (packet.cmd) {
      case 'connack':
        return onConnack(packet)
      case 'suback':
        return onSuback(packet)
      case 'publish':
        return events.message(packet)
      case 'disconnect': {
        const code = packet.reasonCode ?? 0
        return close(brokerError(`the broker disconnected us: ${reasonText(code)}`), code)
      }
      default:
        return undefined
    }
  })
  parser.on('error', (error: Error) => close(brokerError(`the broker sent what is not MQTT: ${error.message}`, error)))
  socket.on(options.url.startsWith('mqtts') ? 'secureConnect' : 'connect', () => write(connectPacket(options)))
  socket.on('data', (chunk: Buffer) => {
    keepalive.heard()
    if (!ended) parser.parse(chunk)
  })
  socket.on('error', error =>
    close(brokerError(`the connection to the broker failed: ${toError(error).message}`, error)),
  )
  socket.on('close', () => close(brokerError('the broker closed the connection')))

  return {
    acknowledge: ids => void (ended || socket.write(pubacks(ids))),
    pause: () => {
      keepalive.deafen(true)
      socket.pause()
    },
    resume: () => {
      keepalive.deafen(false)
      socket.resume()
    },
    end: () => {
      if (!ended) socket.end(generate({ cmd: 'disconnect', reasonCode: 0 }, { protocolVersion }))
    },
    destroy: () => close(brokerError('given up')),
  }
}

/**
 * Pings twice in each keep-alive. A peer that says nothing through three pings, one and a half keep-alives, is dead (3.1.2.10);
 * while we do not read, we cannot tell. Pings are counted and not time: a process that was stopped and goes on, or a clock
 * that was set, must not take its own pause for the broker's silence.
 */
function createKeepalive(ping: () => void, dead: () => void) {
  let timer: NodeJS.Timeout | undefined
  let unanswered = 0
  let isDeaf = false
  const tick = () => {
    if (!isDeaf && ++unanswered > 3) return dead()
    ping()
  }
  return {
    /** 0: the broker wants no keep-alive (3.1.2.10). */
    start: (seconds: number) => {
      if (seconds > 0) timer = setInterval(tick, seconds * 500)
    },
    heard: () => {
      unanswered = 0
    },
    deafen: (deaf: boolean) => {
      isDeaf = deaf
      unanswered = 0
    },
    stop: () => clearInterval(timer),
  }
}

function openSocket({ url, ca, cert, key }: ConnectionOptions): Socket {
  const { protocol, hostname, port } = new URL(url)
  const secure = protocol === 'mqtts:'
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 8883 : 1883) }
  const socket = secure ? connectTls({ ...address, ...serverName(address.host), ca, cert, key }) : connectTcp(address)
  socket.setNoDelay(true)
  socket.setKeepAlive(true, 10_000)
  return socket
}

/** An address is no server name (RFC 6066, section 3); its certificate is checked against the host all the same. */
const serverName = (host: string) => (isIP(host) === 0 ? { servername: host } : {})

const brokerError = (detail: string, cause?: unknown) => createError('broker-unavailable', detail, { cause })
