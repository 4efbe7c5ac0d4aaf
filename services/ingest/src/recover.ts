import type { ActivationId, Judgement } from '@cordon/contract'
import type { Clock, Logger } from '@cordon/runtime'
import {
  type Batch,
  type CheckpointWrite,
  emptyBatch,
  REPLAY_HORIZON_MS,
  readTimelines,
  readWatchStates,
  type Store,
  type StoredObservation,
  type TimelineStart,
  writeBatch,
} from '@cordon/store'
import { emptyState, isCheckpointDue, judgeAll, judgedThrough, type WatchState } from '@cordon/watch'
import { toObservation } from './read-pasts.ts'
import type { Register } from './register/register.ts'
import { createWatchStates, type WatchStates } from './watch-states.ts'

export interface RecoveryParts {
  readonly store: Store
  readonly register: Register
  readonly clock: Clock
  readonly logger: Logger
}

/**
 * The engine's states as they were when the last process ended: the stored states, and what is stored after each judged again.
 * Whatever the engine says on the way is written like any judgement; for what was judged before it says nothing new, because
 * everything it ever said made its state be stored with it.
 */
export async function recoverStates({ store, register, clock, logger }: RecoveryParts): Promise<WatchStates> {
  const startedAt = clock.now()
  const states = await readStates(store, register)
  const starts: TimelineStart[] = [...register.activations()].map(({ id, from }) => ({
    activationId: id,
    after: judgedThrough(states.get(id) ?? emptyState()),
    from: Math.max(from, startedAt - REPLAY_HORIZON_MS),
  }))
  let observations = 0
  let judgements = 0
  for await (const chunk of readTimelines(store, starts)) {
    observations += chunk.length
    const replayed = replay(chunk, states, register)
    judgements += replayed.judgements.length
    if (replayed.judgements.length + replayed.checkpoints.length > 0) await write(store, replayed, states)
  }
  logger.info(
    { activations: starts.length, states: states.size, observations, judgements, ms: clock.now() - startedAt },
    'state recovered',
  )
  return createWatchStates(states, startedAt)
}

/**
 * A state of another version is left out: its activation is replayed from the stored fixes. So is that of an activation which
 * ended so long ago that the register does not hold it.
 */
async function readStates(store: Store, register: Register): Promise<Map<ActivationId, WatchState>> {
  const states = new Map<ActivationId, WatchState>()
  const { version } = emptyState()
  for await (const page of readWatchStates(store)) {
    for (const { activationId, state } of page)
      if (isState(state, version) && register.activation(activationId) !== undefined) states.set(activationId, state)
  }
  return states
}

export const isState = (state: unknown, version: WatchState['version']): state is WatchState =>
  typeof state === 'object' && state !== null && 'version' in state && state.version === version

/** What replaying says anew, and the checkpoints on its way. */
type Replayed = Pick<Batch, 'judgements' | 'checkpoints'>

function replay(
  chunk: readonly StoredObservation[],
  states: Map<ActivationId, WatchState>,
  register: Register,
): Replayed {
  const judgements: Judgement[] = []
  const checkpoints: CheckpointWrite[] = []
  for (const stored of chunk) {
    const { activationId } = stored
    const activation = register.activation(activationId)
    if (activation === undefined) continue
    const before = states.get(activationId) ?? emptyState()
    const result = judgeAll(before, [toObservation(stored)], activation.context)
    const { timeline } = before
    if (isCheckpointDue(timeline.at, result.state.timeline.at))
      checkpoints.push({ activationId, at: timeline.at, timeline })
    states.set(activationId, result.state)
    for (const judgement of result.judgements) judgements.push(judgement)
  }
  return { judgements, checkpoints }
}

/** With what a state says itself is stored; with a checkpoint it need not be, for the next replay makes the same one. */
async function write(store: Store, replayed: Replayed, states: ReadonlyMap<ActivationId, WatchState>): Promise<void> {
  const touched = new Set(replayed.judgements.map(({ activationId }) => activationId))
  await writeBatch(store, {
    ...emptyBatch,
    ...replayed,
    watchStates: [...touched].flatMap(activationId => {
      const state = states.get(activationId)
      return state === undefined ? [] : [{ activationId, judgedThrough: judgedThrough(state), state }]
    }),
  })
}
