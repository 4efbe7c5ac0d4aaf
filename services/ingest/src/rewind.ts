import type { ActivationId } from '@cordon/contract'
import { type Clock, type Logger, toError } from '@cordon/runtime'
import { type Batch, emptyBatch, type Store, type Written, writeBatch } from '@cordon/store'
import { type Rejudged, rejudge } from '@cordon/watch'
import { type Question, readPasts } from './read-pasts.ts'
import type { Register } from './register/register.ts'
import type { WatchStates } from './watch-states.ts'

export interface RewindParts {
  readonly store: Store
  readonly register: Register
  readonly states: WatchStates
  readonly clock: Clock
  readonly logger: Logger
}

export interface Rewinder {
  /** Judges stretches again of some activations, if any wait, for about so long. Gives what was written; null: nothing waits. */
  run(forMs: number): Promise<readonly Written[] | null>
}

/** A day of one wearer is some 2,000 observations: what is read and written at once stays below 100,000 rows. */
const AT_ONCE = 40
/** One that cannot be judged again must not be tried in every batch. */
const RETRY_MS = 60_000

/**
 * What came too late to be judged in its place is stored first, with the mark that it waits; here its stretch of the timeline is
 * judged again. Between batches and in slices: a burst of backlogs must not hold up the live fixes of others.
 */
export function createRewinder({ store, register, states, clock, logger }: RewindParts): Rewinder {
  const failedAt = new Map<ActivationId, number>()

  const waiting = (): readonly Question[] => {
    const now = clock.now()
    const isLeft = (id: ActivationId) => Math.abs(now - (failedAt.get(id) ?? Number.NEGATIVE_INFINITY)) < RETRY_MS
    return states.late().flatMap(activationId => {
      const activation = register.activation(activationId)
      const { rewindFrom } = states.get(activationId)
      return activation === undefined || rewindFrom === null || isLeft(activationId) ? [] : [{ activation, rewindFrom }]
    })
  }

  const rewindSome = async (questions: readonly Question[]): Promise<Written> => {
    const pasts = await readPasts(store, questions)
    const results = pasts.map(({ activation, ...past }) => {
      const state = states.get(activation.id)
      return { activationId: activation.id, ...rejudge({ ...past, state, context: activation.context }) }
    })
    const written = await writeBatch(store, toBatch(results))
    const changed = new Map(results.map(({ activationId, state }) => [activationId, state]))
    states.commit(changed, changed.keys(), clock.now())
    return written
  }

  /** Fails for one of them: the others are judged one by one, and that one later. */
  const rewindApart = async (questions: readonly Question[]): Promise<readonly Written[]> => {
    try {
      return [await rewindSome(questions)]
    } catch (error) {
      const [only] = questions
      if (only !== undefined && questions.length === 1) {
        failedAt.set(only.activation.id, clock.now())
        logger.error(
          { activationId: only.activation.id, err: toError(error) },
          'a late stretch could not be judged again',
        )
        return []
      }
      const written: Written[] = []
      for (const question of questions) written.push(...(await rewindApart([question])))
      return written
    }
  }

  return {
    run: async forMs => {
      const questions = waiting()
      if (questions.length === 0) return null
      const written: Written[] = []
      const until = performance.now() + forMs
      for (let i = 0; i < questions.length && performance.now() < until; i += AT_ONCE) {
        written.push(...(await rewindApart(questions.slice(i, i + AT_ONCE))))
      }
      return written
    },
  }
}

type Result = Rejudged & { readonly activationId: ActivationId }

function toBatch(results: readonly Result[]): Batch {
  return {
    ...emptyBatch,
    judgements: results.flatMap(({ judgements }) => judgements),
    watchStates: results.map(({ activationId, state }) => ({ activationId, judgedThrough: state.timeline.at, state })),
    checkpoints: results.flatMap(({ activationId, checkpoints }) =>
      checkpoints.map(({ at, timeline }) => ({ activationId, at, timeline })),
    ),
    replacedFrom: results.map(({ activationId, replacedFrom, replacedNear }) => ({
      activationId,
      from: replacedFrom,
      near: replacedNear,
    })),
  }
}
