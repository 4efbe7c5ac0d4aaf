import type { Subscribe } from '@cordon/contract'
import { type Logger, sleep, toError } from '@cordon/runtime'
import { type Queryable, readCaseload } from '@cordon/store'
import type { WebSocket } from 'ws'
import { record } from '../audit/record.ts'
import { toUser, type Viewer } from '../sign-in/viewer.ts'
import type { UnderWay } from '../under-way.ts'
import { readClientMessage } from './client-message.ts'
import { encodeProvisional } from './encode.ts'
import type { FeedChange } from './incident-feed.ts'
import { createIncidentFollower } from './incident-follower.ts'
import { isAway } from './is-away.ts'
import { createOutbox, type Outbox, type OutboxLimits } from './outbox.ts'
import type { PositionBook } from './position-book.ts'
import { createPositionSender, encodeEntries, type Flush } from './position-sender.ts'
import { type ProvisionalView, provisionalFor } from './provisional-book.ts'
import { isCursor, readSnapshot } from './snapshot.ts'
import type { StreamMeter } from './stream-meter.ts'
import { createSubscription, NOTHING } from './subscription.ts'

export interface ConnectionParts {
  readonly database: Queryable
  readonly book: PositionBook
  readonly feedPosition: () => bigint
  readonly provisional: () => ProvisionalView
  readonly logger: Logger
  readonly limits: OutboxLimits
  readonly meter: StreamMeter
  readonly underWay: UnderWay
}

export interface Connection {
  readonly viewer: Viewer
  readonly outbox: Outbox
  deliverIncident(change: FeedChange): void
  deliverPositions(flush: Flush): void
  /** The state as it is now; sent when it is another for this client, and there is room. */
  deliverProvisional(view: ProvisionalView): void
  receive(data: Buffer): void
  /** The caseload may have changed: an officer whose wearers are others now gets a new complete snapshot. */
  refreshCaseload(): Promise<void>
  /** Positions held back because it reads too slowly. */
  heldBack(): number
  stop(): void
}

/** One client of the stream: what it subscribed to, and where it is in the log. */
export function createConnection(socket: WebSocket, viewer: Viewer, parts: ConnectionParts): Connection {
  const { database, book, feedPosition, logger, limits, meter, underWay } = parts
  const outbox = createOutbox(socket, limits, meter)
  const onError = (error: unknown) => {
    logger.error({ err: toError(error) }, 'a stream has failed')
    outbox.end('database-unavailable', 'the stream could not be read: connect again with `since`', 1013)
  }
  const sees = (officers: readonly string[]) => viewer.caseload === undefined || officers.includes(viewer.caseload)
  const follower = createIncidentFollower({ database, outbox, feedPosition, sees, onError, underWay })
  const positions = createPositionSender(outbox)
  let asked: Subscribe | undefined
  let wearers: ReadonlySet<string> | undefined
  let subscription = NOTHING
  let toldProvisional = ''
  let turn = 0

  const subscribe = async (message: Subscribe): Promise<void> => {
    turn += 1
    const mine = turn
    stopDelivery()
    asked = message
    // While the database is away the client stays connected and is told of the system's state: what it asked for comes when it can.
    for (let tries = 0; turn === mine && outbox.isOpen(); tries++) {
      try {
        return await open(message, mine)
      } catch (error) {
        if (!isAway(error)) throw error
        if (tries === 0)
          outbox.say({
            type: 'error',
            code: 'database-unavailable',
            detail: 'what you asked for comes when the database is back',
          })
        await sleep(RETRY_MS)
      }
    }
  }

  /** Nothing of anybody goes out before it is on record that it was looked at. */
  const open = async (message: Subscribe, mine: number): Promise<void> => {
    const { positions: wantsPositions = false, incidents = false } = message
    await record(database, viewer, {
      what: 'open-stream',
      detail: { positions: wantsPositions !== false, incidents },
    })
    wearers = viewer.caseload === undefined ? undefined : await readCaseload(database, viewer.caseload)
    const snapshot = await readSnapshot(database, message, viewer.caseload)
    await outbox.room()
    if (turn !== mine || !outbox.isOpen()) return
    // From here on without a wait: what changes after the snapshot is taken goes out after it.
    subscription = createSubscription(message, wearers)
    positions.reset()
    const shown = subscription.positions ? [...book.all()].filter(({ position }) => subscription.wants(position)) : []
    const { encoding } = subscription
    toldProvisional = provisionalOf(parts.provisional())
    outbox.send(snapshot.encodeWith(encoding === 'json' ? shown.map(entry => entry.json()) : [], toldProvisional))
    if (encoding === 'binary' && shown.length > 0) outbox.send(encodeEntries(shown, encoding), encoding)
    if (incidents) follower.follow(snapshot.cursor)
  }

  const provisionalOf = (view: ProvisionalView): string =>
    subscription.incidents ? provisionalFor(view, wearers) : NO_PROVISIONAL

  const stopDelivery = (): void => {
    subscription = NOTHING
    follower.stop()
  }

  const unsubscribe = (): void => {
    turn += 1
    asked = undefined
    stopDelivery()
  }

  outbox.say({ type: 'hello', serverTime: new Date().toISOString(), user: toUser(viewer) })

  return {
    viewer,
    outbox,
    deliverIncident: change => follower.deliver(change),
    deliverPositions: flush => positions.deliver(flush, subscription),
    deliverProvisional: view => {
      if (!subscription.incidents || outbox.isFull()) return
      const state = provisionalOf(view)
      if (state === toldProvisional) return
      toldProvisional = state
      outbox.send(encodeProvisional(state))
    },
    receive: data => {
      const read = readClientMessage(data)
      if (!read.ok) return outbox.say({ type: 'error', code: 'invalid-message', detail: read.detail })
      switch (read.message.type) {
        case 'subscribe':
          if (read.message.since !== undefined && !isCursor(read.message.since)) {
            return outbox.say({ type: 'error', code: 'cursor-invalid', detail: 'subscribe again without `since`' })
          }
          underWay.track(subscribe(read.message)).catch(onError)
          return
        case 'unsubscribe':
          return unsubscribe()
        case 'pong':
          return
      }
    },
    refreshCaseload: async () => {
      if (asked === undefined || wearers === undefined || viewer.caseload === undefined) return
      const before = wearers
      const now = await readCaseload(database, viewer.caseload)
      if (asked === undefined || wearers !== before || isEqual(before, now)) return
      const { since: _since, ...again } = asked
      await subscribe(again).catch(onError)
    },
    heldBack: () => positions.heldBack(),
    stop: unsubscribe,
  }
}

/** Between attempts to answer a subscription. */
const RETRY_MS = 1_000
const NO_PROVISIONAL = JSON.stringify({ items: [], leftOut: 0 })

const isEqual = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every(id => b.has(id))
