import { encodePositionFrame } from '@cordon/contract'
import { encodePositions } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { Entry } from './position-book.ts'
import type { Encoding, Subscription } from './subscription.ts'

/** Positions that changed since the last flush, with the one message of each encoding that will do for everybody who filters nothing. */
export interface Flush {
  readonly entries: ReadonlyMap<string, Entry>
  bytes(encoding: Encoding): Buffer
}

export function createFlush(entries: ReadonlyMap<string, Entry>): Flush {
  const written: Partial<Record<Encoding, Buffer>> = {}
  return {
    entries,
    bytes: encoding => {
      written[encoding] ??= encodeEntries([...entries.values()], encoding)
      return written[encoding]
    },
  }
}

export function encodeEntries(entries: readonly Entry[], encoding: Encoding): Buffer {
  return encoding === 'json'
    ? encodePositions(entries.map(entry => entry.json()))
    : Buffer.from(encodePositionFrame(entries.map(({ position }) => position)).buffer)
}

export interface PositionSender {
  deliver(flush: Flush, subscription: Subscription): void
  /** A snapshot has just said everything. */
  reset(): void
  /** How many wait for the client to read. */
  heldBack(): number
}

/**
 * Brings one client positions. While it is slow they are held back, the latest of each activation replacing the one before: a slow
 * client gets fewer positions, never older ones, and never more than one for each tag at once.
 */
export function createPositionSender(outbox: Outbox): PositionSender {
  const heldBack = new Map<string, Entry>()

  return {
    deliver: (flush, subscription) => {
      if (!subscription.positions) return
      const { encoding } = subscription
      if (outbox.isFull()) {
        for (const [id, entry] of flush.entries) if (subscription.wants(entry.position)) heldBack.set(id, entry)
        return
      }
      if (heldBack.size === 0 && flush.entries.size === 0) return
      if (heldBack.size === 0 && subscription.isUnfiltered) return outbox.send(flush.bytes(encoding), encoding)
      for (const [id, entry] of flush.entries) if (subscription.wants(entry.position)) heldBack.set(id, entry)
      if (heldBack.size === 0) return
      outbox.send(encodeEntries([...heldBack.values()], encoding), encoding)
      heldBack.clear()
    },
    reset: () => heldBack.clear(),
    heldBack: () => heldBack.size,
  }
}
