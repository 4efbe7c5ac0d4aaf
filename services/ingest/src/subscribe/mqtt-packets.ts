import type { Packet } from 'mqtt-packet'
import type { ConnectionOptions } from './connection-options.ts'

export function connectPacket(options: ConnectionOptions): Packet {
  const { clientId, protocolVersion, receiveMaximum, sessionExpirySeconds } = options
  const { username, password } = accountOf(options)
  return {
    cmd: 'connect',
    protocolId: 'MQTT',
    protocolVersion,
    clientId,
    clean: false,
    keepalive: options.keepaliveSeconds,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: Buffer.from(password) }),
    // No topic alias is offered, so the broker sends every topic in full (3.1.2.11.5).
    ...(protocolVersion === 5 ? { properties: { receiveMaximum, sessionExpiryInterval: sessionExpirySeconds } } : {}),
  }
}

/** What stands in the address counts where no account is given beside it, as it does for everything else that connects. */
function accountOf({ url, username, password }: ConnectionOptions) {
  if (username !== undefined) return { username, password }
  const address = new URL(url)
  if (address.username === '') return { username, password }
  return { username: decodeURIComponent(address.username), password: decodeURIComponent(address.password) }
}

/** Retained messages only with a subscription that is new (`rh: 1`, 3.8.3.1): a reconnect does not repeat them. */
export function subscribePacket(
  messageId: number,
  { filters, protocolVersion }: Pick<ConnectionOptions, 'filters' | 'protocolVersion'>,
): Packet {
  const more = protocolVersion === 5 ? { nl: false, rap: true, rh: 1 } : {}
  return {
    cmd: 'subscribe',
    messageId,
    subscriptions: filters.map(topic => ({ topic, qos: 1 as const, ...more })),
  }
}

/** PUBACK is 0x40, length 2, packet id; in MQTT 5 a missing reason code means success (3.4.2.1), so the bytes are the same. */
export function pubacks(ids: readonly number[]): Buffer {
  const bytes = Buffer.allocUnsafe(ids.length * 4)
  let at = 0
  for (const id of ids) {
    bytes.writeUInt16BE(0x4002, at)
    bytes.writeUInt16BE(id, at + 2)
    at += 4
  }
  return bytes
}

/** 3.14.2.1: another connection came with our client identifier. */
export const SESSION_TAKEN_OVER = 0x8e

/** Return codes of MQTT 3.1.1 (3.2.2.3 there) and reason codes of MQTT 5 (2.4): they do not overlap. */
const REASONS: Readonly<Record<number, string>> = {
  1: 'it does not speak this version of MQTT: see CORDON_MQTT_PROTOCOL',
  2: 'client identifier not accepted',
  3: 'server unavailable',
  4: 'user name or password wrong',
  5: 'not authorised',
  132: 'it does not speak this version of MQTT: see CORDON_MQTT_PROTOCOL',
  133: 'client identifier not accepted',
  134: 'user name or password wrong',
  135: 'not authorised',
  136: 'server unavailable',
  137: 'server busy',
  138: 'banned',
  139: 'server shutting down',
  141: 'keep-alive timed out',
  142: 'another client took the session over: is a second ingest running under the same CORDON_INGEST_NAME?',
  147: 'receive maximum exceeded',
  149: 'packet too large',
  151: 'quota exceeded',
  152: 'administrative action',
  159: 'connection rate exceeded',
}

export const reasonText = (code: number): string => {
  const text = REASONS[code]
  return text === undefined ? `reason ${code}` : `${text} (reason ${code})`
}
