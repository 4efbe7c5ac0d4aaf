import type { Cursor } from '@cordon/contract'
import { sleep } from '@cordon/runtime'
import { type Queryable, readIncidentChanges } from '@cordon/store'
import type { UnderWay } from '../under-way.ts'
import { encodeIncident } from './encode.ts'
import type { FeedChange } from './incident-feed.ts'
import { isAway } from './is-away.ts'
import type { Outbox } from './outbox.ts'

export interface FollowerParts {
  readonly database: Queryable
  readonly outbox: Outbox
  /** The last change that the gateway's feed has given out. */
  readonly feedPosition: () => bigint
  /** Whether this client may see a wearer whose officers are these. */
  readonly sees: (officers: readonly string[]) => boolean
  readonly onError: (error: unknown) => void
  readonly underWay: UnderWay
}

export interface IncidentFollower {
  /** Everything after this place, each change once, in order. Called again: from there instead. */
  follow(after: Cursor): void
  /** From the gateway's feed. */
  deliver(change: FeedChange): void
  stop(): void
}

const PAGE = 500
const RETRY_MS = 1_000

/**
 * Brings one client every change after a place in the log.
 *
 *   idle ──follow──▶ behind ──has everything that the feed has──▶ live
 *                      ▲                                            │
 *                      └────────── the client reads too slowly ─────┘
 *
 * Behind: pages from the database, as fast as the client reads. Live: what the feed gives out. The step from behind to live is
 * taken without waiting in between, and each change carries its number, so none is missed and none comes twice. Nothing is
 * kept in memory for a slow client: the log has it.
 */
export function createIncidentFollower(parts: FollowerParts): IncidentFollower {
  const { database, outbox, feedPosition, sees, onError, underWay } = parts
  let state: 'idle' | 'behind' | 'live' = 'idle'
  let position = 0n
  /** Changes with every `follow` and `stop`: work begun before then is given up. */
  let turn = 0

  /** Nothing while the database is away: who is behind then stays connected, and is told what it missed when it is back. */
  const read = (after: bigint) =>
    readIncidentChanges(database, String(after) as Cursor, PAGE).catch((error: unknown) => {
      if (isAway(error)) return undefined
      throw error
    })

  const catchUp = async (mine: number): Promise<void> => {
    while (turn === mine && outbox.isOpen()) {
      await outbox.room()
      if (turn !== mine) return
      if (position >= feedPosition()) {
        state = 'live'
        return
      }
      const reached = feedPosition()
      const changes = await read(position)
      if (turn !== mine) return
      if (changes === undefined) {
        await sleep(RETRY_MS)
        continue
      }
      for (const change of changes) {
        if (sees(change.officers)) outbox.send(encodeIncident(change))
        position = BigInt(change.cursor)
      }
      // The log may have been cut off at its old end.
      if (changes.length === 0 && position < reached) position = reached
    }
  }

  const fallBehind = (): void => {
    state = 'behind'
    turn += 1
    underWay.track(catchUp(turn)).catch(onError)
  }

  return {
    follow: after => {
      position = BigInt(after)
      fallBehind()
    },
    deliver: ({ number, change, bytes }) => {
      if (state !== 'live' || number <= position) return
      if (outbox.isFull()) return fallBehind()
      position = number
      if (sees(change.officers)) outbox.send(bytes)
    },
    stop: () => {
      state = 'idle'
      turn += 1
    },
  }
}
