import type { ActivationId, Fix, Judgement, SetAside } from '@cordon/contract'
import {
  isCheckpointDue,
  judge,
  judgeAll,
  type Observation,
  type Timeline,
  type WatchResult,
  type WatchState,
  wrapEvent,
  wrapFix,
} from '@cordon/watch'
import type { ActivationFix, Decoded } from './decode.ts'
import type { KnownActivation, Register } from './register/register.ts'
import type { WatchStates } from './watch-states.ts'

export interface Evaluated {
  /** To be stored as the wearer's track. */
  readonly fixes: readonly ActivationFix[]
  /** To be kept, but not shown: from the future, or outside the activation. */
  readonly aside: readonly AsideFix[]
  readonly judgements: readonly Judgement[]
  /** State of every activation that changed. */
  readonly states: ReadonlyMap<ActivationId, WatchState>
  /** Of those, the ones to be written now. */
  readonly statesToWrite: readonly ActivationId[]
  readonly checkpoints: readonly CheckpointOf[]
}

export interface AsideFix extends ActivationFix {
  readonly reason: SetAside['reason']
}

export interface CheckpointOf {
  readonly activationId: ActivationId
  readonly at: number
  readonly timeline: Timeline
}

/** A state is written with everything the engine says, and otherwise so often: a restart replays no more than this. */
const WRITE_EVERY_MS = 300_000

export interface Moment {
  /** Epoch ms by this service's clock. */
  readonly now: number
  /** Whether time alone is to be judged as well. */
  readonly tick: boolean
  /** Whether reports could come: silence counts only then. */
  readonly listening: boolean
}

/** Judges what a batch says, and the passing of time. Changes nothing: `states` is committed after the batch is stored. */
export function evaluate(decoded: Decoded, register: Register, states: WatchStates, moment: Moment): Evaluated {
  const book = createBook(states, moment.now)
  const byActivation = observationsOf(decoded)
  for (const [activation, observations] of byActivation) {
    book.take(activation.id, before => judgeAll(before, observations, activation.context))
  }
  if (moment.tick) {
    const tick = { type: 'tick', at: moment.now, listening: moment.listening } as const
    for (const activation of states.due(register.activations(), moment.now)) {
      book.take(activation.id, before => judge(before, tick, activation.context))
    }
  }
  const { judgements, states: changed, statesToWrite, checkpoints } = book
  return { ...divide(decoded.fixes, judgements), judgements, states: changed, statesToWrite, checkpoints }
}

/** What judging comes to, activation by activation. */
function createBook(known: WatchStates, now: number) {
  const judgements: Judgement[] = []
  const states = new Map<ActivationId, WatchState>()
  const statesToWrite = new Set<ActivationId>()
  const checkpoints: CheckpointOf[] = []
  return {
    judgements,
    states,
    checkpoints,
    get statesToWrite() {
      return [...statesToWrite]
    },
    take(activationId: ActivationId, work: (before: WatchState) => WatchResult) {
      const before = states.get(activationId) ?? known.get(activationId)
      const result = work(before)
      if (result.state === before) return
      states.set(activationId, result.state)
      for (const judgement of result.judgements) judgements.push(judgement)
      const { timeline } = before
      if (isCheckpointDue(timeline.at, result.state.timeline.at))
        checkpoints.push({ activationId, at: timeline.at, timeline })
      const isDue = Math.abs(now - known.writtenAt(activationId)) >= WRITE_EVERY_MS
      // that something came late must survive a restart: it is judged again after the commit
      const isLate = result.state.rewindFrom !== before.rewindFrom
      if (result.judgements.length > 0 || isLate || isDue) statesToWrite.add(activationId)
    },
  }
}

function observationsOf({ fixes, events }: Decoded): ReadonlyMap<KnownActivation, Observation[]> {
  const groups = new Map<KnownActivation, Observation[]>()
  const add = (activation: KnownActivation, observation: Observation) => {
    const group = groups.get(activation)
    if (group === undefined) groups.set(activation, [observation])
    else group.push(observation)
  }
  for (const { activation, fix } of fixes) add(activation, wrapFix(fix))
  for (const { activation, event } of events) add(activation, wrapEvent(event))
  return groups
}

/** An impossible jump is on the wearer's track; what is not of the activation, or of the future, is not. */
function divide(fixes: readonly ActivationFix[], judgements: readonly Judgement[]): Pick<Evaluated, 'fixes' | 'aside'> {
  const reasons = new Map<string, SetAside['reason']>()
  for (const judgement of judgements) {
    if (judgement.type === 'set-aside' && judgement.reason !== 'impossible-jump')
      reasons.set(keyOf(judgement.activationId, judgement), judgement.reason)
  }
  if (reasons.size === 0) return { fixes, aside: [] }
  const reasonOf = ({ activation, fix }: ActivationFix) => reasons.get(keyOf(activation.id, fix))
  return {
    fixes: fixes.filter(item => reasonOf(item) === undefined),
    aside: fixes.flatMap(item => {
      const reason = reasonOf(item)
      return reason === undefined ? [] : [{ ...item, reason }]
    }),
  }
}

const keyOf = (id: ActivationId, { measuredAt, seq }: Pick<Fix, 'measuredAt' | 'seq'>) => `${id}/${measuredAt}/${seq}`
