import type { Live } from '@cordon/live'
import { type Clock, createPace, type Logger, toError } from '@cordon/runtime'
import { countActivations, type Store } from '@cordon/store'
import type { UnderWay } from '../under-way.ts'
import { encode } from './encode.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { OUTBOX_LIMITS, type OutboxLimits } from './outbox.ts'
import { createPositionBook, type PositionBook } from './position-book.ts'
import { createStreamHub, type StreamHub } from './stream-hub.ts'
import { createSystemState, type SystemState } from './system-state.ts'

/** Milliseconds between the things that are done again and again. */
export interface StreamTimings {
  /** Positions that changed go out: from one time to the next, at least. */
  readonly flush: number
  /** The change log is looked at without a hint. */
  readonly look: number
  /** Clients are pinged. */
  readonly ping: number
  /** Clients and feeds are judged. */
  readonly check: number
  /** `system` goes out, also when nothing changed; and sessions and caseloads are looked up. */
  readonly system: number
  /** Latest positions are read again from the database: 190 ms for 20,000. */
  readonly load: number
}

/**
 * Positions wait so long at most, and their sending takes no more than so much of the thread as long as that allows: 200 clients,
 * of which 50 watch everything, cost about 2 ms a flush.
 */
const FLUSH = { mostMs: 500, share: 0.15 }
const TIMINGS: StreamTimings = { flush: 40, look: 1_000, ping: 15_000, check: 1_000, system: 5_000, load: 30_000 }
/** A tag counts as reporting when its latest fix is not older than this. */
const REPORTING_MS = 15 * 60_000

export interface StreamParts {
  readonly store: Store
  readonly logger: Logger
  readonly clock: Clock
  /** Told of everything that reads the database. */
  readonly underWay: UnderWay
  readonly streamTimings?: Partial<StreamTimings>
  readonly streamLimits?: Partial<OutboxLimits>
}

export interface Stream {
  readonly hub: StreamHub
  readonly system: SystemState
  start(live: Live): Promise<void>
  /** Nothing begins to read the database after it; what reads is `underWay`. Also when the start has failed or never was. */
  stop(): Promise<void>
  /** An incident has been changed: look at once. */
  readonly nudge: () => void
}

/** Positions and incidents on their way from broker and database to the clients. */
export function createStream(parts: StreamParts): Stream {
  const { store, logger, clock, underWay } = parts
  const timings = { ...TIMINGS, ...parts.streamTimings }
  const limits = { ...OUTBOX_LIMITS, ...parts.streamLimits }
  const book = createPositionBook(clock)
  const system = createSystemState(clock)
  const feed = createIncidentFeed({
    database: store,
    logger,
    lookMs: timings.look,
    onChange: change => hub.deliverIncident(change),
    onLook: answered => system.database(answered),
  })
  const hub = createStreamHub({
    database: store,
    book,
    feedPosition: feed.position,
    welcome: () => speaker.message(),
    logger,
    clock,
    limits,
    underWay,
  })
  const speaker = createSystemSpeaker({ store, book, hub, system, underWay })
  const timers: NodeJS.Timeout[] = []
  const pace = createPace({ work: () => hub.flushPositions(), leastMs: timings.flush, ...FLUSH })
  let forgetState: () => void = () => undefined

  const load = () =>
    underWay.track(book.load(store).catch((error: unknown) => logger.warn({ err: toError(error) }, 'positions unread')))
  const startTimers = () => {
    timers.push(
      // What is held back for a slow client, or was read from the database, waits for no new position.
      setInterval(pace.ask, FLUSH.mostMs),
      setInterval(() => hub.ping(), timings.ping),
      setInterval(() => {
        hub.checkClients()
        if (system.refresh()) speaker.speak()
      }, timings.check),
      setInterval(() => {
        void speaker.count()
        void hub.checkRights()
      }, timings.system),
      setInterval(() => void load(), timings.load),
    )
  }

  return {
    hub,
    system,
    nudge: feed.nudge,
    start: async live => {
      forgetState = await listenTo(live, { book, system, load, hub, nudge: feed.nudge, flush: pace.ask })
      await book.load(store)
      await speaker.count()
      await feed.start()
      startTimers()
    },
    stop: async () => {
      timers.splice(0).forEach(clearInterval)
      pace.stop()
      forgetState()
      hub.stop()
      await feed.stop()
    },
  }
}

interface Ears {
  readonly book: PositionBook
  readonly system: SystemState
  readonly hub: StreamHub
  readonly load: () => Promise<void>
  readonly nudge: () => void
  readonly flush: () => void
}

async function listenTo(live: Live, { book, system, hub, load, nudge, flush }: Ears): Promise<() => void> {
  const forgetState = live.onState(isUp => {
    system.broker(isUp)
    // What was published while we were away is gone; the database has it.
    if (isUp) void load()
  })
  system.broker(live.connected())
  await live.onPositions(({ items }) => {
    items.forEach(book.put)
    flush()
  })
  await live.onIncidents(nudge)
  await live.onSystem(system.heard)
  await live.onConfiguration(() => void hub.checkRights())
  return forgetState
}

interface SpeakerParts {
  readonly store: Store
  readonly book: PositionBook
  readonly hub: StreamHub
  readonly system: SystemState
  readonly underWay: UnderWay
}

/** Says `system` to everybody. How many tags should report is asked of the database; without it, the last answer stands. */
function createSystemSpeaker({ store, book, hub, system, underWay }: SpeakerParts) {
  let expected = 0
  const message = () => encode(system.message({ reporting: book.countSince(REPORTING_MS), expected }))
  const speak = () => hub.broadcast(message())
  const count = async (): Promise<void> => {
    expected = await underWay.track(countActivations(store)).catch(() => expected)
    speak()
  }
  return { message, speak, count }
}
