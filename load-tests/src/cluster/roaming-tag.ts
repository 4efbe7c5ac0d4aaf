import { connect, type Socket } from 'node:net'
import { TOPICS } from '@cordon/contract'
import type { TagAccount } from '../generator/connect-tag.ts'
import { connectPacket, createAnswerParser, DISCONNECT, PINGREQ, publishPacket, text } from '../generator/packets.ts'

/** A server of the cluster, as tags reach it. */
export interface Address {
  readonly host: string
  readonly port: number
}

export interface RoamingTag {
  /** Keeps it until it is acknowledged, and sends one after the other. */
  say(seq: number, payload: string): void
  /** Sequence numbers of what has not been acknowledged. */
  unacknowledged(): readonly number[]
  /** Connections that were lost or refused. */
  losses(): number
  end(): void
}

const KEEPALIVE_SECONDS = 20
/** Without an answer for so long the tag tries another server. */
const ANSWER_MS = 6_000
const RECONNECT_MS = 300

/**
 * A tag as a careful maker builds it: one message on its way at a time, sent again over another server when no answer comes, and
 * forgotten when it is acknowledged. States: connecting → ready ⇄ waiting (for an acknowledgement) → lost → connecting …
 */
export function createRoamingTag(account: TagAccount, servers: readonly Address[], first: number): RoamingTag {
  const topic = text(TOPICS.tagFixes(account.id))
  const queue: { readonly seq: number; readonly payload: string }[] = []
  let turn = first
  let losses = 0
  let socket: Socket | undefined
  let isReady = false
  let sent: number | undefined
  let patience: NodeJS.Timeout | undefined
  let ended = false

  const expectAnswer = (of: Socket) => {
    clearTimeout(patience)
    patience = setTimeout(() => of.destroy(), ANSWER_MS)
  }
  const sendNext = () => {
    const [next] = queue
    if (!isReady || sent !== undefined || next === undefined || socket === undefined) return
    sent = (next.seq % 65_535) + 1
    socket.write(publishPacket(topic, sent, next.payload))
    expectAnswer(socket)
  }
  const open = () => {
    const address = servers[turn++ % servers.length]
    if (address === undefined || ended) return
    const opened = connect({ ...address, noDelay: true })
    socket = opened
    expectAnswer(opened)
    const ping = setInterval(() => opened.write(PINGREQ), KEEPALIVE_SECONDS * 500)
    const take = createAnswerParser(answer => {
      if (answer.type === 'connack' && answer.code !== 0) return opened.destroy()
      if (answer.type === 'connack') {
        clearTimeout(patience)
        isReady = true
        return sendNext()
      }
      if (answer.type !== 'puback' || answer.packetId !== sent) return
      clearTimeout(patience)
      sent = undefined
      queue.shift()
      sendNext()
    })
    opened.on('connect', () => opened.write(connectPacket({ username: account.id, ...account }, KEEPALIVE_SECONDS)))
    opened.on('data', take)
    opened.on('error', () => undefined)
    opened.on('close', () => {
      clearInterval(ping)
      clearTimeout(patience)
      isReady = false
      sent = undefined
      if (ended) return
      losses++
      setTimeout(open, RECONNECT_MS)
    })
  }
  open()

  return {
    say: (seq, payload) => {
      queue.push({ seq, payload })
      sendNext()
    },
    unacknowledged: () => queue.map(({ seq }) => seq),
    losses: () => losses,
    end: () => {
      ended = true
      clearTimeout(patience)
      if (isReady) socket?.end(DISCONNECT)
      else socket?.destroy()
    },
  }
}
