import type { LiveSight } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'
import type { Allowance } from '../allowance.ts'
import type { Batcher } from '../batch.ts'
import type { ActivationFix } from '../decode.ts'
import type { Provisional } from '../provisional/start-provisional.ts'
import type { Subscriber } from '../subscribe/create-subscriber.ts'
import type { Expected } from './count-expected.ts'
import { createGaps } from './gaps.ts'

export interface SightParts {
  readonly batcher: Pick<Batcher, 'underWay' | 'failing'>
  readonly subscriber: Pick<Subscriber, 'awaySince'>
  readonly register: { readAt(): number }
  readonly allowance: Pick<Allowance, 'floods'>
  readonly provisional: Pick<Provisional, 'count'>
  readonly fullSince: () => number | null
  readonly expected: (now: number) => Expected
  readonly clock: Clock
  /** Milliseconds, by a clock that nobody can set. */
  readonly elapsed: () => number
}

export interface Sight {
  /** A message has come. */
  received(): void
  /** Fixes were judged and recorded. */
  judged(fixes: readonly ActivationFix[]): void
  now(): LiveSight
}

/** One or two tags are no feed: each has its own silence. */
const ENOUGH_TAGS = 3
/** Until there has been a gap to learn from: a tag that was started with us reports once within its interval. */
const FIRST_INTERVALS = 2
const FIRST_MS = 60_000

/**
 * How far this ingest sees. Ages are counted from when this process noticed, by a clock that nobody can set: an hour on the wall clock
 * must not make what lives look dead, or what is dead alive.
 */
export function createSight(parts: SightParts): Sight {
  const { batcher, subscriber, register, allowance, provisional, fullSince, clock, elapsed } = parts
  const gaps = createGaps(elapsed, () => Math.max(FIRST_MS, FIRST_INTERVALS * parts.expected(clock.now()).intervalMs))
  const brokerAwayMs = createStopwatch(elapsed)
  const oldestHeldMs = createHeldAge(batcher, clock)
  const sinceRegisterMs = createAge(() => register.readAt(), elapsed)
  let newestFixAt: number | null = null

  return {
    received: () => gaps.received(),
    judged: fixes => {
      for (const { fix } of fixes) newestFixAt = Math.max(newestFixAt ?? 0, Math.min(fix.measuredAt, clock.now()))
    },
    now: () => {
      const failing = batcher.failing()
      const { tags } = parts.expected(clock.now())
      const isExpected = tags >= ENOUGH_TAGS
      return {
        oldestHeldSeconds: oldestHeldMs() / 1_000,
        notKeptSince: instantOrNull(failing?.since ?? null),
        brokerAwaySeconds: brokerAwayMs(subscriber.awaySince() !== null) / 1_000,
        databaseAwaySeconds: sinceRegisterMs() / 1_000,
        fullSince: instantOrNull(fullSince()),
        silentSeconds: gaps.silentMs() / 1_000,
        silentLimitSeconds: isExpected ? gaps.limitMs() / 1_000 : null,
        tagsExpected: tags,
        newestFixAt: instantOrNull(newestFixAt),
        provisional: provisional.count(),
        tagsRefused: allowance.floods(clock.now()),
      }
    },
  }
}

const instantOrNull = (at: number | null) => (at === null ? null : new Date(at).toISOString())

/** How long the oldest message of the batch under way has waited: before it by the clock, looked at once, and since then without it. */
function createHeldAge(batcher: SightParts['batcher'], clock: Clock): () => number {
  let number = 0
  let waitedMs = 0
  return () => {
    const underWay = batcher.underWay()
    if (underWay === null) return 0
    if (underWay.number !== number) {
      number = underWay.number
      const oldestAt = underWay.messages.reduce((at, { receivedAt }) => Math.min(at, receivedAt), clock.now())
      waitedMs = Math.max(0, clock.now() - oldestAt - underWay.forMs)
    }
    return waitedMs + underWay.forMs
  }
}

/** For how long it has been so, as often as it is asked. */
function createStopwatch(elapsed: () => number): (isSo: boolean) => number {
  let since: number | null = null
  return isSo => {
    since = isSo ? (since ?? elapsed()) : null
    return since === null ? 0 : elapsed() - since
  }
}

/** Since the value has changed last, as often as it is asked. */
function createAge(read: () => number, elapsed: () => number): () => number {
  let value = read()
  let changedAt = elapsed()
  return () => {
    const now = read()
    if (now !== value) {
      value = now
      changedAt = elapsed()
    }
    return elapsed() - changedAt
  }
}
