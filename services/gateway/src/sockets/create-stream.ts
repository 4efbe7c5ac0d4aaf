import type { Live } from '@cordon/live'
import { type Clock, createPace, type Logger, type Registry, type Tracer, toError } from '@cordon/runtime'
import { countActivations, readClock, type Store } from '@cordon/store'
import { type FaultKeeper, startFaultKeeper } from '../faults/start-fault-keeper.ts'
import { createSystemState, type SystemState } from '../system/system-state.ts'
import type { UnderWay } from '../under-way.ts'
import { encode } from './encode.ts'
import { createIncidentFeed } from './incident-feed.ts'
import { OUTBOX_LIMITS, type OutboxLimits } from './outbox.ts'
import { createPositionBook, type PositionBook } from './position-book.ts'
import { createProvisionalBook, type ProvisionalBook } from './provisional-book.ts'
import { createStreamHub, type StreamHub } from './stream-hub.ts'
import { createStreamMeter } from './stream-meter.ts'

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
  /** `system` goes out, also when nothing changed; sessions and caseloads are looked up, and faults that last are recorded. */
  readonly system: number
  /** A fault of the system that lasts so long becomes an incident. Shorter ones are on the banner only: most heal by themselves. */
  readonly lasting: number
  /** Latest positions are read again from the database: 190 ms for 20,000. */
  readonly load: number
}

/**
 * Positions wait so long at most, and their sending takes no more than so much of the thread as long as that allows. With 200 clients, of
 * which 50 watch everything, and 5,000 positions a second half of them are told within 80 ms; with a seventh of the thread it was 117.
 */
const FLUSH = { mostMs: 500, share: 0.25 }
const TIMINGS: StreamTimings = {
  ...{ flush: 40, look: 1_000, ping: 15_000, check: 1_000, system: 5_000, lasting: 60_000, load: 30_000 },
}
/** A tag counts as reporting when its latest fix is not older than this. */
const REPORTING_MS = 15 * 60_000

export interface StreamParts {
  /** Of this gateway. */
  readonly name: string
  readonly store: Store
  readonly logger: Logger
  readonly clock: Clock
  /** Milliseconds, by a clock that nobody can set; left out: the process's own. */
  readonly elapsed?: () => number
  readonly registry: Registry
  readonly tracer: Tracer
  /** Told of everything that reads the database. */
  readonly underWay: UnderWay
  readonly streamTimings?: Partial<StreamTimings>
  readonly streamLimits?: Partial<OutboxLimits>
}

export interface Tags {
  readonly reporting: number
  readonly expected: number
}

export interface Stream {
  readonly hub: StreamHub
  readonly system: SystemState
  readonly provisional: ProvisionalBook
  /** Tags that report, and those that should. */
  tags(): Tags
  start(live: Live): Promise<void>
  /** Nothing begins to read the database after it; what reads is `underWay`. Also when the start has failed or never was. */
  stop(): Promise<void>
  /** An incident has been changed: look at once. */
  readonly nudge: () => void
}

/** Positions and incidents on their way from broker and database to the clients. */
export function createStream(parts: StreamParts): Stream {
  const { name, store, logger, clock, registry, tracer, underWay, elapsed = () => performance.now() } = parts
  const timings = { ...TIMINGS, ...parts.streamTimings }
  const limits = { ...OUTBOX_LIMITS, ...parts.streamLimits }
  const book = createPositionBook(clock)
  const system = createSystemState({ name, clock, elapsed })
  const provisional = createProvisionalBook(elapsed)
  const feed = createIncidentFeed({
    database: store,
    logger,
    lookMs: timings.look,
    onChange: change => {
      provisional.recorded(change.change.incident)
      hub.deliverIncident(change)
      hub.flushProvisional()
    },
    onLook: answered => system.database(answered),
  })
  const hub = createStreamHub({
    database: store,
    book,
    feedPosition: feed.position,
    provisional: () => provisional.view(),
    welcome: () => speaker.message(),
    logger,
    clock,
    limits,
    meter: createStreamMeter(registry, clock),
    tracer,
    underWay,
  })
  const speaker = createSystemSpeaker({ store, book, hub, system, underWay, elapsed })
  let keeper: FaultKeeper | undefined
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
        hub.flushProvisional()
        if (system.refresh()) speaker.speak()
        keeper?.look()
      }, timings.check),
      setInterval(() => {
        speaker.speak()
        void speaker.count()
        void hub.checkRights()
      }, timings.system),
      setInterval(() => void load(), timings.load),
    )
  }

  return {
    hub,
    system,
    provisional,
    tags: speaker.tags,
    nudge: feed.nudge,
    start: async live => {
      forgetState = await listenTo(live, { book, system, provisional, load, hub, nudge: feed.nudge, flush: pace.ask })
      await book.load(store)
      await speaker.count()
      keeper = await startFaultKeeper({
        ...{ name, store, system, underWay, clock, elapsed, logger },
        onRecorded: feed.nudge,
        everyMs: timings.system,
        lastingMs: timings.lasting,
      })
      await feed.start()
      // It has just been read: what the start took is no silence of the database.
      system.database(true)
      startTimers()
    },
    stop: async () => {
      timers.splice(0).forEach(clearInterval)
      keeper?.stop()
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
  readonly provisional: ProvisionalBook
  readonly hub: StreamHub
  readonly load: () => Promise<void>
  readonly nudge: () => void
  readonly flush: () => void
}

async function listenTo(live: Live, { book, system, provisional, hub, load, nudge, flush }: Ears): Promise<() => void> {
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
  await live.onProvisional(message => {
    provisional.heard(message)
    hub.flushProvisional()
  })
  await live.onConfiguration(() => void hub.checkRights())
  return forgetState
}

interface SpeakerParts {
  readonly store: Store
  readonly book: PositionBook
  readonly hub: StreamHub
  readonly system: SystemState
  readonly underWay: UnderWay
  readonly elapsed: () => number
}

const PROMPT_MS = 2_000

/**
 * Says `system` to everybody. How many tags should report, and what time it is, is asked of the database; without it, the last answer
 * stands, and nobody waits for it: clients take a gateway that says nothing for dead.
 */
function createSystemSpeaker({ store, book, hub, system, underWay, elapsed }: SpeakerParts) {
  let expected = 0
  let asking: Promise<void> | undefined
  const tags = (): Tags => ({ reporting: book.countSince(REPORTING_MS), expected })
  const message = () => encode(system.message(tags()))
  const ask = async (): Promise<void> => {
    const askedAt = elapsed()
    const at = await readClock(store)
    // An answer that was long on its way tells of another moment.
    if (elapsed() - askedAt < PROMPT_MS) system.databaseTime(at)
    expected = await countActivations(store)
  }
  const count = (): Promise<void> => {
    asking ??= underWay
      .track(ask())
      .catch(() => undefined)
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  return { message, speak: () => hub.broadcast(message()), count, tags }
}
