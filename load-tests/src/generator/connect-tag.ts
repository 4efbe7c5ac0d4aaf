import { connect, type Socket } from 'node:net'
import { TOPICS } from '@cordon/contract'
import { connectPacket, createAnswerParser, DISCONNECT, PINGREQ, publishPacket, text } from './packets.ts'

export interface TagAccount {
  readonly id: string
  readonly password: string
}

/** A tag's own connection, with its own credentials, on which it publishes to its own topic. */
export interface TagConnection {
  /** Calls back when the broker has acknowledged it. */
  publish(payload: string, onAcknowledged: () => void): void
  unacknowledged(): number
  end(): void
}

export interface TagOptions {
  readonly host: string
  readonly port: number
  readonly account: TagAccount
  /** Where it publishes; its own fixes when left out. */
  readonly topic?: string
  /** When the connection is lost or refused: a fault, because nobody here takes the broker away. */
  readonly onLost: (reason: Error) => void
}

const KEEPALIVE_SECONDS = 60
const CONNECT_MS = 30_000

/** Every connection reads into it, one after the other: a buffer of its own for each answer of four bytes would cost more than the answer. */
const ANSWERS = Buffer.alloc(65_536)

export function connectTag({
  host,
  port,
  account,
  topic = TOPICS.tagFixes(account.id),
  onLost,
}: TagOptions): Promise<TagConnection> {
  return new Promise((resolve, reject) => {
    let ended = false
    const waiting = new Map<number, () => void>()
    const lose = (reason: Error) => {
      if (ended) return
      ended = true
      clearTimeout(patience)
      clearInterval(ping)
      socket.destroy()
      reject(reason)
      onLost(reason)
    }
    const patience = setTimeout(() => lose(new Error(`${account.id}: the broker did not answer`)), CONNECT_MS)
    const ping = setInterval(() => socket.write(PINGREQ), KEEPALIVE_SECONDS * 500)
    const end = () => {
      ended = true
      clearInterval(ping)
      socket.end(DISCONNECT)
    }
    const parse = createAnswerParser(answer => {
      switch (answer.type) {
        case 'connack':
          if (answer.code !== 0) return lose(new Error(`${account.id}: the broker refused it, code ${answer.code}`))
          clearTimeout(patience)
          return resolve(createConnection(socket, topic, waiting, end))
        case 'puback':
          waiting.get(answer.packetId)?.()
          return void waiting.delete(answer.packetId)
        case 'pingresp':
          return undefined
      }
    })
    const onread = {
      buffer: ANSWERS,
      callback: (length: number) => {
        parse(ANSWERS.subarray(0, length))
        return true
      },
    }
    const socket: Socket = connect({ host, port, noDelay: true, onread })
    socket.on('connect', () => socket.write(connectPacket({ username: account.id, ...account }, KEEPALIVE_SECONDS)))
    socket.on('error', lose)
    socket.on('close', () => lose(new Error(`${account.id}: the connection was closed`)))
  })
}

function createConnection(
  socket: Socket,
  name: string,
  waiting: Map<number, () => void>,
  end: () => void,
): TagConnection {
  const topic = text(name)
  let packetId = 0
  return {
    publish: (payload, onAcknowledged) => {
      packetId = (packetId % 65_535) + 1
      waiting.set(packetId, onAcknowledged)
      socket.write(publishPacket(topic, packetId, payload))
    },
    unacknowledged: () => waiting.size,
    end,
  }
}
