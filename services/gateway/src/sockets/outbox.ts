import type { ServerMessage } from '@cordon/contract'
import type { ErrorCode } from '@cordon/runtime'
import type { WebSocket } from 'ws'
import { encode } from './encode.ts'
import type { StreamMeter } from './stream-meter.ts'
import type { Encoding } from './subscription.ts'

/** Bounds of what waits for one client, with the answer to "when full?" beside each. */
export interface OutboxLimits {
  /** Bytes. Above: positions are held back and conflated, incidents wait in the database and are read from there later. */
  readonly softBytes: number
  /** Bytes. Above: told and closed at once. Only a snapshot larger than this minus `softBytes` can get there. */
  readonly hardBytes: number
  /** Milliseconds above `softBytes` without a break. Longer: told and closed. */
  readonly patienceMs: number
}

export const OUTBOX_LIMITS: OutboxLimits = { softBytes: 1_048_576, hardBytes: 134_217_728, patienceMs: 30_000 }

export interface Outbox {
  /** Bytes that were written once for everybody. */
  send(bytes: Buffer, encoding?: Encoding): void
  say(message: ServerMessage): void
  /** More waits than should. */
  isFull(): boolean
  isOpen(): boolean
  /** Bytes that wait. */
  waiting(): number
  /** Fulfilled when there is room again, or when there will never be. */
  room(): Promise<void>
  /** To be called now and then: closes a client that does not keep up. */
  check(now: number): void
  /** Says why and closes: 1008 when it may not go on, 1013 when it should come again. */
  end(code: ErrorCode, detail: string, closeCode: 1008 | 1013): void
}

const ROOM_CHECK_MS = 50
/** A client that does not read does not answer the close either. */
const CLOSE_GRACE_MS = 2_000

export function createOutbox(
  socket: WebSocket,
  limits: OutboxLimits,
  meter: Pick<StreamMeter, 'sent' | 'ended'>,
): Outbox {
  let fullSince: number | undefined
  const isOpen = () => socket.readyState === socket.OPEN
  const isFull = () => socket.bufferedAmount > limits.softBytes

  const send = (bytes: Buffer, encoding: Encoding = 'json'): void => {
    if (!isOpen()) return
    meter.sent(bytes.length)
    socket.send(bytes, { binary: encoding === 'binary' })
  }
  const end: Outbox['end'] = (code, detail, closeCode) => {
    if (!isOpen()) return
    meter.ended(code)
    send(encode({ type: 'error', code, detail }))
    socket.close(closeCode, code)
    setTimeout(() => socket.terminate(), CLOSE_GRACE_MS).unref()
  }

  return {
    send,
    say: message => send(encode(message)),
    isFull,
    isOpen,
    waiting: () => socket.bufferedAmount,
    room: async () => {
      while (isOpen() && isFull()) await new Promise(resolve => setTimeout(resolve, ROOM_CHECK_MS))
    },
    check: now => {
      fullSince = isFull() ? (fullSince ?? now) : undefined
      const isTooSlow = fullSince !== undefined && now - fullSince >= limits.patienceMs
      if (isTooSlow || socket.bufferedAmount > limits.hardBytes) {
        end('too-slow', 'more was waiting for you than you read: connect again with `since`', 1013)
      }
    },
    end,
  }
}
