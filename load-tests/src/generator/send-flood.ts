import { connect, type Socket } from 'node:net'
import { sleep } from '@cordon/runtime'
import type { FloodPlan, FloodResult } from './flood-messages.ts'
import { connectPacket, createAnswerParser, PINGREQ } from './packets.ts'
import type { PreparedFlood } from './prepare-flood.ts'

export interface FloodLink {
  readonly socket: Socket
  acknowledged(): number
  fault(): string | null
}

const KEEPALIVE_SECONDS = 60

/** Signs in as the tag. Rejects when the broker refuses it. */
export function openFlood({ host, port, tag }: FloodPlan): Promise<FloodLink> {
  const socket = connect({ host, port, noDelay: true })
  let acknowledged = 0
  let fault: string | null = null
  const link: FloodLink = { socket, acknowledged: () => acknowledged, fault: () => fault }
  return new Promise((resolve, reject) => {
    const lose = (reason: Error) => {
      fault ??= reason.message
      reject(reason)
    }
    const parse = createAnswerParser(answer => {
      if (answer.type === 'puback') acknowledged++
      else if (answer.type === 'connack' && answer.code !== 0) lose(new Error(`refused, code ${answer.code}`))
      else if (answer.type === 'connack') resolve(link)
    })
    const account = { username: tag.id, password: tag.password }
    const ping = setInterval(() => socket.write(PINGREQ), KEEPALIVE_SECONDS * 500)
    socket.on('connect', () => socket.write(connectPacket(account, KEEPALIVE_SECONDS)))
    socket.on('data', parse)
    socket.on('error', lose)
    socket.on('close', () => {
      clearInterval(ping)
      lose(new Error('the connection was closed'))
    })
  })
}

const EVERY_MS = 4
/** Below the number of packet ids: one must not be used again before it was answered. */
const MOST_UNANSWERED = 60_000
/** Bytes that the kernel has not taken. */
const MOST_UNWRITTEN = 4 * 1024 * 1024
const DRAIN_MS = 60_000

/** Sends by the clock, whatever it takes; what could not be sent in time is not sent. Then waits for the answers. */
export async function sendFlood(
  { rate, lastMs }: FloodPlan,
  { bytes, ends }: PreparedFlood,
  link: FloodLink,
): Promise<FloodResult> {
  const startedAt = Date.now()
  let sent = 0
  for (let now = startedAt; now < startedAt + lastMs && link.fault() === null; now = Date.now()) {
    const due = Math.min(ends.length, Math.floor(((now - startedAt) * rate) / 1_000))
    const upTo = Math.min(due, link.acknowledged() + MOST_UNANSWERED)
    if (upTo > sent && link.socket.writableLength < MOST_UNWRITTEN) {
      link.socket.write(bytes.subarray(endOf(ends, sent), endOf(ends, upTo)))
      sent = upTo
    }
    await sleep(EVERY_MS)
  }
  const acknowledgedInTime = link.acknowledged()
  for (const deadline = Date.now() + DRAIN_MS; link.acknowledged() < sent && Date.now() < deadline; ) await sleep(50)
  return { startedAt, sent, acknowledgedInTime, acknowledged: link.acknowledged(), fault: link.fault() }
}

const endOf = (ends: Uint32Array, count: number): number => (count === 0 ? 0 : (ends[count - 1] ?? 0))
