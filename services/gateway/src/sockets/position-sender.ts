import { encodePositions } from './encode.ts'
import type { Outbox } from './outbox.ts'
import type { Entry } from './position-book.ts'
import type { Subscription } from './subscription.ts'

/** Positions that changed since the last flush, with the one message that will do for everybody who filters nothing. */
export interface Flush {
  readonly entries: ReadonlyMap<string, Entry>
  bytes(): Buffer
}

export function createFlush(entries: ReadonlyMap<string, Entry>): Flush {
  let bytes: Buffer | undefined
  return {
    entries,
    bytes: () => {
      bytes ??= encodePositions([...entries.values()].map(entry => entry.json()))
      return bytes
    },
  }
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
      if (outbox.isFull()) {
        for (const [id, entry] of flush.entries) heldBack.set(id, entry)
        return
      }
      if (heldBack.size === 0 && flush.entries.size === 0) return
      if (heldBack.size === 0 && subscription.isUnfiltered) return outbox.send(flush.bytes())
      for (const [id, entry] of flush.entries) heldBack.set(id, entry)
      const wanted = [...heldBack.values()].filter(({ position }) => subscription.wants(position))
      heldBack.clear()
      if (wanted.length > 0) outbox.send(encodePositions(wanted.map(entry => entry.json())))
    },
    reset: () => heldBack.clear(),
    heldBack: () => heldBack.size,
  }
}
