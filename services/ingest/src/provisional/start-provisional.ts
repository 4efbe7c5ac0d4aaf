import type { LiveProvisional, ProvisionalAlert } from '@cordon/contract'
import type { Live } from '@cordon/live'
import type { Clock, Logger } from '@cordon/runtime'
import type { Batcher } from '../batch.ts'
import type { Register } from '../register/register.ts'
import type { WatchStates } from '../watch-states.ts'
import { type AlertBook, bound, createAlertBook } from './alert-book.ts'
import { createHeldJudge, type HeldJudge } from './judge-held.ts'

export interface ProvisionalParts {
  readonly instance: string
  readonly batcher: Pick<Batcher, 'held' | 'underWay' | 'failing'>
  readonly register: Register
  readonly states: WatchStates
  readonly live: Pick<Live, 'publishProvisional'>
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds, by a clock that nobody can set. */
  readonly elapsed: () => number
}

export interface Provisional {
  /** Critical breaches that wait to be recorded. */
  count(): number
  stop(): void
}

const EVERY_MS = 500
/** A commit takes milliseconds. One that takes so long is in trouble, and a breach in it is told without waiting for it. */
const SLOW_MS = 2_000
/** The whole state, so often while there is any; also how a gateway learns it that has just started. */
const REPEAT_MS = 2_000
/** That there is none, so often: who has missed that there is none any more, or had it from a process that died, learns it. */
const REPEAT_NONE_MS = 30_000

/**
 * While what is held cannot be recorded, judges it all the same, and tells gateways of every critical breach in it: operators see it
 * marked "not yet recorded".
 *
 * States: quiet → judging (batches fail, or one is under way for more than 2 s) → settling (batches are kept again, and what was judged
 * is on its way into the record) → quiet. What it tells is told again as an incident by the record itself; nothing here is
 * ever written. What it can judge is what ingest holds: see docs/operations.md for how many seconds that is.
 */
export function startProvisional(parts: ProvisionalParts): Provisional {
  const { batcher, states, clock, elapsed } = parts
  const { publish, published } = createTeller(parts)
  let attempt: Attempt | undefined
  let alerts: readonly ProvisionalAlert[] = []
  let tickedAt = Number.NEGATIVE_INFINITY

  const isTick = () => {
    if (elapsed() - tickedAt < 1_000) return false
    tickedAt = elapsed()
    return true
  }
  const look = (current: Attempt): void => {
    const isComplete = current.judge.judge({ now: clock.now(), tick: isTick(), listening: false })
    const standing = current.book.standing(states, current)
    // Until everything held is judged again, what was told before is not taken back.
    alerts = isComplete ? standing : [...standing, ...missingFrom(standing, alerts)]
  }
  const turn = (): void => {
    const trouble = troubleOf(batcher, clock)
    if (trouble !== null) {
      if (attempt?.number !== trouble.number) attempt = begin(parts, trouble, attempt?.notRecordedSince)
      look(attempt)
    } else if (attempt !== undefined && !attempt.judge.isHeld()) {
      attempt = undefined
      alerts = []
    }
    publish(alerts)
  }

  const timer = setInterval(turn, EVERY_MS)
  return { count: () => published(), stop: () => clearInterval(timer) }
}

interface Attempt {
  /** Of the batch that cannot be kept: with the next one the states are others, and all is judged anew. */
  readonly number: number
  readonly notRecordedSince: number
  readonly judge: HeldJudge
  readonly book: AlertBook
}

interface Trouble {
  readonly number: number
  readonly since: number
}

function troubleOf(batcher: ProvisionalParts['batcher'], clock: Clock): Trouble | null {
  const underWay = batcher.underWay()
  if (underWay === null) return null
  const failing = batcher.failing()
  if (failing === null && underWay.forMs < SLOW_MS) return null
  return { number: underWay.number, since: failing?.since ?? clock.now() - underWay.forMs }
}

function begin(parts: ProvisionalParts, { number, since }: Trouble, before: number | undefined): Attempt {
  const { register } = parts
  const book = createAlertBook(id => register.activation(id))
  const judge = createHeldJudge({ ...parts, onJudged: evaluated => book.note(evaluated) })
  return { number, notRecordedSince: before ?? since, judge, book }
}

function missingFrom(standing: readonly ProvisionalAlert[], alerts: readonly ProvisionalAlert[]) {
  const there = new Set(standing.map(({ episodeId }) => episodeId))
  return alerts.filter(({ episodeId }) => !there.has(episodeId))
}

/** Sends the state when it has changed, and again and again. */
function createTeller({ instance, live, logger, elapsed }: ProvisionalParts) {
  let told = '[]'
  let toldAt = elapsed()
  let count = 0
  let saidLeftOut = 0
  const say = ({ alerts, leftOut }: LiveProvisional) => {
    if (alerts.length > 0 && count === 0)
      logger.warn({ alerts: alerts.length }, 'critical breaches are told before they are recorded')
    if (leftOut > saidLeftOut) logger.error({ leftOut }, 'there are more provisional alerts than are told')
    saidLeftOut = leftOut
    count = alerts.length + leftOut
  }
  return {
    published: () => count,
    publish: (standing: readonly ProvisionalAlert[]): void => {
      const message: LiveProvisional = { ingest: instance, ...bound(standing) }
      const text = JSON.stringify(message.alerts)
      const dueMs = standing.length > 0 ? REPEAT_MS : REPEAT_NONE_MS
      if (text === told && elapsed() - toldAt < dueMs) return
      if (!live.publishProvisional(message)) return
      say(message)
      told = text
      toldAt = elapsed()
    },
  }
}
