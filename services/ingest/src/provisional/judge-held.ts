import type { Logger } from '@cordon/runtime'
import { toError } from '@cordon/runtime'
import type { Batcher } from '../batch.ts'
import { decode } from '../decode.ts'
import { type Evaluated, evaluate, type Moment } from '../evaluate.ts'
import type { Register } from '../register/register.ts'
import type { ReceivedMessage } from '../subscribe/create-subscriber.ts'
import type { WatchStates } from '../watch-states.ts'
import { createOverlay } from './overlay.ts'

export interface HeldJudge {
  /** Judges on with what is held and was not judged yet, for a limited time. True once there is nothing left to judge. */
  judge(moment: Moment): boolean
  /** Whether anything of what it judged is held still. */
  isHeld(): boolean
}

export interface HeldParts {
  readonly batcher: Pick<Batcher, 'held'>
  readonly register: Register
  readonly states: WatchStates
  readonly logger: Logger
  readonly onJudged: (evaluated: Evaluated) => void
  /** Milliseconds, by a clock that nobody can set. */
  readonly elapsed: () => number
}

/** Of one turn: the event loop has the sockets to serve, and the batch to try again. 10,000 single fixes take a few turns. */
const BUDGET_MS = 150
/** Judged together: the budget is looked at between. A message may hold 1,000 fixes. */
const AT_ONCE = 50

/**
 * Judges what is held on states of its own, each message once and in the order in which batches will take them. What the engine says
 * does not depend on how messages are cut into batches, so its words here are those that will be recorded, but for what comes
 * late: that is judged in its place when it is stored. Reads no database: the register as it stands has to do.
 */
export function createHeldJudge(parts: HeldParts): HeldJudge {
  const { batcher, register, logger, onJudged, elapsed } = parts
  const states = createOverlay(parts.states)
  const judged = new Set<ReceivedMessage>()

  const take = (messages: readonly ReceivedMessage[], moment: Moment): void => {
    const evaluated = evaluate(decode(messages, register), register, states, moment)
    states.commit(evaluated.states, [], moment.now)
    onJudged(evaluated)
  }
  /** A message that cannot be judged must not hide the others. The batcher will quarantine it. */
  const takeEach = (messages: readonly ReceivedMessage[], moment: Moment): void => {
    for (const message of messages) {
      try {
        take([message], moment)
      } catch (error) {
        logger.warn({ err: toError(error), topic: message.topic }, 'a held message could not be judged')
      }
    }
  }
  const takeSafely = (messages: readonly ReceivedMessage[], moment: Moment): void => {
    try {
      take(messages, moment)
    } catch {
      takeEach(messages, moment)
    }
  }

  return {
    judge: moment => {
      const until = elapsed() + BUDGET_MS
      const left = batcher.held().filter(message => !judged.has(message))
      let from = 0
      while (from < left.length && elapsed() < until) {
        const some = left.slice(from, from + AT_ONCE)
        takeSafely(some, { ...moment, tick: false })
        for (const message of some) judged.add(message)
        from += some.length
      }
      const isAll = from >= left.length
      if (isAll && moment.tick) takeSafely([], moment)
      return isAll
    },
    isHeld: () => batcher.held().some(message => judged.has(message)),
  }
}
