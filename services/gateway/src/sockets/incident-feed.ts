import type { Cursor } from '@cordon/contract'
import { type Logger, toError } from '@cordon/runtime'
import { type IncidentChange, type Queryable, readIncidentChanges, readIncidentCursor } from '@cordon/store'
import { encodeIncident } from './encode.ts'

/** A change with the bytes that go to every client that may see it: written once, however many there are. */
export interface FeedChange {
  readonly number: bigint
  readonly change: IncidentChange
  readonly bytes: Buffer
}

export interface FeedParts {
  readonly database: Queryable
  readonly logger: Logger
  readonly onChange: (change: FeedChange) => void
  /** Told after every look whether the database answered. */
  readonly onLook: (answered: boolean) => void
  /** Between looks that nobody asked for. */
  readonly lookMs: number
}

export interface IncidentFeed {
  /** From here on it looks, until it is stopped; then it is not started again. */
  start(): Promise<void>
  /** Once fulfilled, nothing is read any more. Also when it was never started. */
  stop(): Promise<void>
  /** There is something new: look at once. */
  readonly nudge: () => void
  /** The last change given out. */
  readonly position: () => bigint
}

const PAGE = 1_000

/**
 * The one reader of the change log in this gateway. Numbers follow the order of commit, so reading on from the last one skips
 * nothing. It looks when it is nudged, and every second besides: a lost hint costs a second.
 */
export function createIncidentFeed({ database, logger, onChange, onLook, lookMs }: FeedParts): IncidentFeed {
  let position = 0n
  let running = true
  let ended: Promise<void> = Promise.resolve()
  let nudged = false
  let wake: () => void = () => undefined

  const lookOnce = async (): Promise<void> => {
    for (;;) {
      const changes = await readIncidentChanges(database, String(position) as Cursor, PAGE)
      for (const change of changes) {
        position = BigInt(change.cursor)
        onChange({ number: position, change, bytes: encodeIncident(change) })
      }
      if (changes.length < PAGE || !running) return
    }
  }

  const rest = () =>
    new Promise<void>(resolve => {
      const timer = setTimeout(resolve, nudged ? 0 : lookMs)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const run = async (): Promise<void> => {
    while (running) {
      nudged = false
      const answered = await lookOnce().then(
        () => true,
        (error: unknown) => {
          logger.error({ err: toError(error) }, 'the incident log could not be read')
          return false
        },
      )
      onLook(answered)
      if (running) await rest()
    }
  }

  return {
    async start() {
      position = BigInt(await readIncidentCursor(database))
      ended = run()
    },
    stop: () => {
      running = false
      wake()
      return ended
    },
    nudge: () => {
      nudged = true
      wake()
    },
    position: () => position,
  }
}
