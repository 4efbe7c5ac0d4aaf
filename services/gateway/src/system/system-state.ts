import type { FeedState, LiveSystem, SystemMessage } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import { type BrokerBook, createBrokerBook } from './broker-book.ts'
import type { FeedName, Finding } from './finding.ts'
import { createIngestBook } from './ingest-book.ts'
import { isWrong, judgeClocks } from './judge-clocks.ts'
import { judgeIngest } from './judge-ingest.ts'

/** How the way of a fix is doing, as an operator must know it. */
export interface SystemState {
  broker(isUp: boolean): void
  /** What the broker counts of itself. */
  readonly brokerCount: BrokerBook['heard']
  /** The incident log was read to its end, or could not be read. */
  database(isUp: boolean): void
  /** What the database's clock says now, epoch ms. */
  databaseTime(at: number): void
  /** A heartbeat of an ingest. */
  readonly heard: (heartbeat: LiveSystem) => void
  /** It was there before this gateway was started. */
  readonly expectIngest: (name: string) => void
  /** Judges everything again; true when a feed has changed its state or what is said of it since the last call. */
  refresh(): boolean
  /** What is not as it should be, worst first. */
  findings(): readonly Finding[]
  /** Of the slowest ingest; null while none has been heard lately. */
  lagSeconds(): number | null
  feeds(): Readonly<Record<FeedName, FeedState>>
  message(tags: { readonly reporting: number; readonly expected: number }): SystemMessage
}

export interface SystemStateParts {
  /** Of this gateway. */
  readonly name: string
  readonly clock: Clock
  /** Milliseconds, by a clock that nobody can set: what lives must not look dead because somebody set the time, nor what is dead alive. */
  readonly elapsed: () => number
}

/** The log is read every second. */
const LATE_LOOK_MS = 5_000
const NO_LOOK_MS = 10_000
/** An ingest that has not been heard for so long says nothing of how fast it is. */
const ALIVE_MS = 10_000

const FEEDS: readonly FeedName[] = ['broker', 'database', 'ingest', 'fixes', 'tags', 'clocks']
const WORST_FIRST: Readonly<Record<Finding['state'], number>> = { down: 0, late: 1 }

export function createSystemState({ name, clock, elapsed }: SystemStateParts): SystemState {
  const instant = () => new Date(clock.now()).toISOString()
  const ingests = createIngestBook(clock, elapsed)
  const broker = { isUp: false, at: elapsed() }
  const brokerBook = createBrokerBook(elapsed)
  const look = { hasAnswered: true, at: elapsed() }
  let databaseAheadMs: number | null = null
  let findings: readonly Finding[] = []
  const feeds = Object.fromEntries(FEEDS.map(feed => [feed, { state: 'up', since: instant() }])) as Record<
    FeedName,
    FeedState
  >

  const judge = (): readonly Finding[] => {
    const ofDatabase = judgeDatabase(look.hasAnswered, elapsed() - look.at)
    const ofBroker = broker.isUp ? brokerBook.findings() : [noBroker(name, elapsed() - broker.at)]
    const own = [...ofBroker, ...ofDatabase]
    const clocks = judgeClocks(name, broker.isUp ? ingests.clocks() : [], databaseAheadMs)
    const isDatabaseUp = ofDatabase.length === 0
    return [...own, ...(broker.isUp ? judgeIngests(isDatabaseUp) : [unheard]), ...clocks].toSorted(
      (a, b) => WORST_FIRST[a.state] - WORST_FIRST[b.state],
    )
  }
  const judgeIngests = (isDatabaseUp: boolean): readonly Finding[] => {
    const wrong = new Set(
      ingests
        .clocks()
        .filter(isWrong)
        .map(reading => reading.name),
    )
    const all = ingests.all()
    if (all.length === 0) return [noIngest]
    return all.flatMap(heard => judgeIngest(heard, { isDatabaseUp, isClockRight: !wrong.has(heard.name) }))
  }
  const tell = (feed: FeedName): boolean => {
    const before = feeds[feed]
    const finding = findings.find(found => found.feed === feed)
    const state = finding?.state ?? 'up'
    const since = before.state === state ? before.since : new Date(clock.now() - (finding?.beforeMs ?? 0)).toISOString()
    feeds[feed] = { state, since, ...(finding !== undefined && { detail: finding.detail }) }
    return before.state !== state || before.detail !== finding?.detail
  }
  const alive = () => ingests.all().flatMap(({ heartbeat, silentMs }) => (silentMs > ALIVE_MS ? [] : (heartbeat ?? [])))
  const lagSeconds = () => {
    const lags = alive().map(heartbeat => heartbeat.lagSeconds)
    return lags.length === 0 ? null : Math.max(...lags)
  }
  const refresh = () => {
    findings = judge()
    return FEEDS.map(tell).includes(true)
  }
  refresh()

  return {
    broker: isUp => Object.assign(broker, { isUp, at: elapsed() }),
    brokerCount: brokerBook.heard,
    database: hasAnswered => {
      look.hasAnswered = hasAnswered
      if (hasAnswered) look.at = elapsed()
    },
    databaseTime: at => {
      databaseAheadMs = at - clock.now()
    },
    heard: ingests.heard,
    expectIngest: ingests.expect,
    refresh,
    findings: () => findings,
    lagSeconds,
    feeds: () => ({ ...feeds }),
    message: ({ reporting, expected }) => ({
      type: 'system',
      serverTime: instant(),
      ingestLagSeconds: lagSeconds(),
      fixesPerSecond:
        alive().length === 0 ? null : alive().reduce((sum, { fixesPerSecond }) => sum + fixesPerSecond, 0),
      tagsReporting: reporting,
      tagsExpected: expected,
      feeds: { ...feeds },
    }),
  }
}

function judgeDatabase(hasAnswered: boolean, sinceMs: number): readonly Finding[] {
  const common = { part: 'database', feed: 'database', beforeMs: sinceMs } as const
  if (!hasAnswered || sinceMs > NO_LOOK_MS) {
    const detail = 'the incident log cannot be read: nothing new is recorded, and what you see may be old'
    return [{ ...common, state: 'down', severity: 'critical', detail }]
  }
  if (sinceMs <= LATE_LOOK_MS) return []
  return [{ ...common, state: 'late', severity: 'serious', detail: 'the incident log takes seconds to be read' }]
}

const noBroker = (name: string, beforeMs: number): Finding => ({
  ...{ part: 'broker', feed: 'broker', state: 'down', severity: 'critical', beforeMs },
  detail: `${name} has no connection to the broker: no position and no word of ingest gets here`,
})
const unheard: Finding = {
  ...{ part: 'ingest', feed: 'ingest', state: 'down', severity: 'critical', isConsequence: true },
  detail: 'not to be heard while the broker is away',
}
const noIngest: Finding = {
  ...{ part: 'ingest', feed: 'ingest', state: 'down', severity: 'critical' },
  detail: 'no ingest has been heard: nothing is judged',
}
