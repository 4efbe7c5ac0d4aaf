import type { ActivationId } from '@cordon/contract'
import type { Clock, Logger } from '@cordon/runtime'
import { type Batch, emptyBatch, type Store, type Written, writeBatch } from '@cordon/store'
import { type Observation, type Rejudged, rejudge, type Said, wrapEvent, wrapFix } from '@cordon/watch'
import type { Decoded } from './decode.ts'
import { type Question, readRecords, readStarts, readStretches, type Stretch } from './read-pasts.ts'
import type { Register } from './register/register.ts'
import { createRewindPatience } from './rewind-patience.ts'
import type { WatchStates } from './watch-states.ts'

export interface RewindParts {
  readonly store: Store
  readonly register: Register
  readonly states: WatchStates
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds that only go forward. */
  readonly elapsed?: () => number
  /** Asks for another batch: what was read for it is there. */
  readonly again: () => void
}

export interface Rewinder {
  /**
   * To be called after the commit of each batch, with what it brought. Judges the stretches that have been read, gives what was
   * written of them, and begins to read the next ones. null: there was nothing to be judged.
   */
  run(brought: Pick<Decoded, 'fixes' | 'events'>): Promise<Written | null>
  /** Activations with a stretch that waits, and those of them of which the last try failed. */
  waiting(): number
  failing(): number
  /** Waits for what is being read. */
  stop(): Promise<void>
}

/** Activations of one transaction: few enough that a batch waits some 0.1 s for it, and enough that the round trips do not count. */
const AT_ONCE = 40
/** So are their observations together: 40 wearers with ten hours at a fix a minute, or six with three days. */
const OBSERVATIONS = 25_000

/**
 * What came too late to be judged in its place is stored first, with the mark that it waits; here its stretch of the timeline is
 * judged again. The stretch is read while batches go on, which for months of fixes takes seconds; what they bring in the meantime
 * is added. Judged and written it is between two batches, because nothing may come between the state and what follows from it.
 *
 * States: idle → reading → read → (judged and written) → idle. One that fails in company is tried alone; alone, after a minute.
 */
export function createRewinder(parts: RewindParts): Rewinder {
  const { store, register, states, clock, logger, again, elapsed = () => performance.now() } = parts
  const patience = createRewindPatience(elapsed, logger)
  let atOnce = AT_ONCE
  let reading: Promise<void> | null = null
  let read: readonly Stretch[] = []
  let brought = new Map<ActivationId, Observation[]>()

  /** The longest waiting; one that failed in company, alone. */
  const choose = (): readonly Question[] => {
    const chosen: Question[] = []
    for (const activationId of states.late()) {
      const activation = register.activation(activationId)
      const { rewindFrom } = states.get(activationId)
      const isApart = patience.isApart(activationId)
      if (activation === undefined || rewindFrom === null || !patience.mayTry(activationId)) continue
      if (isApart && chosen.length > 0) continue
      chosen.push({ activation, rewindFrom })
      if (chosen.length === atOnce || isApart) break
    }
    return chosen
  }

  const readSome = async (questions: readonly Question[]): Promise<void> => {
    const chosen = new Set(questions.map(({ activation }) => activation.id))
    try {
      const starts = await readStarts(store, questions)
      const stretches = await readStretches(store, starts, { atMost: OBSERVATIONS })
      atOnce = stretches === null ? Math.ceil(questions.length / 4) : Math.min(AT_ONCE, atOnce * 2)
      read = stretches ?? []
    } catch (error) {
      patience.failed(chosen, error)
    }
  }

  const begin = () => {
    const questions = choose()
    if (questions.length === 0) return
    brought = new Map(questions.map(({ activation }) => [activation.id, []]))
    reading = readSome(questions).finally(() => {
      reading = null
      again()
    })
  }

  const note = ({ fixes, events }: Pick<Decoded, 'fixes' | 'events'>) => {
    for (const { activation, fix } of fixes) brought.get(activation.id)?.push(wrapFix(fix))
    for (const { activation, event } of events) brought.get(activation.id)?.push(wrapEvent(event))
  }

  const write = async (stretches: readonly Stretch[]): Promise<Written> => {
    const begunAt = elapsed()
    const records = await readRecords(store, stretches)
    const results = stretches.map(stretch => judgeAgain(stretch, states, records.get(stretch.activation.id) ?? []))
    const written = await writeBatch(store, toBatch(results))
    const changed = new Map(results.map(({ activationId, state }) => [activationId, state]))
    states.commit(changed, changed.keys(), clock.now())
    patience.done([...changed.keys()], elapsed() - begunAt)
    return written
  }

  /** Something still older may have come while it was read, and the activation may have gone. */
  const isWhole = ({ activation, from }: Stretch): boolean => {
    const { rewindFrom } = states.get(activation.id)
    if (rewindFrom === null || register.activation(activation.id) === undefined) return false
    return from === null || from.at === null || from.at < rewindFrom
  }

  const judgeRead = async (): Promise<Written | null> => {
    const stretches = read.filter(isWhole).map(({ activation, ...stretch }) => ({
      ...stretch,
      // as the register has it now
      activation: register.activation(activation.id) ?? activation,
      observations: [...stretch.observations, ...(brought.get(activation.id) ?? [])],
    }))
    read = []
    if (stretches.length === 0) return null
    try {
      return await write(stretches)
    } catch (error) {
      patience.failed(new Set(stretches.map(({ activation }) => activation.id)), error)
      return null
    }
  }

  return {
    run: async batch => {
      note(batch)
      if (reading !== null) return null
      const written = read.length === 0 ? null : await judgeRead()
      begin()
      return written
    },
    waiting: () => states.late().filter(id => register.activation(id) !== undefined).length,
    failing: () => patience.failing(),
    stop: async () => {
      await reading
    },
  }
}

type Result = Rejudged & { readonly activationId: ActivationId }

function judgeAgain(
  { activation, from, observations }: Stretch,
  states: WatchStates,
  recorded: readonly Said[],
): Result {
  const { id, context } = activation
  return { activationId: id, ...rejudge({ from, observations, recorded, state: states.get(id), context }) }
}

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
