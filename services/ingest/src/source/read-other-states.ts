import type { ActivationId } from '@cordon/contract'
import { readWatchStates, type Store } from '@cordon/store'
import { emptyState, judgedThrough, type WatchState } from '@cordon/watch'
import { isState } from '../recover.ts'
import type { WatchStates } from '../watch-states.ts'
import type { Flow } from './flow.ts'

/**
 * The engine's states of everybody: of this process's own tags as they are, of all others as they were last written. That was with
 * the last thing that the engine said of them, and five minutes ago at most.
 */
export async function readOtherStates(store: Store, flows: readonly Flow[]): Promise<Pick<WatchStates, 'get'>> {
  const nothing = emptyState()
  const unheard = judgedThrough(nothing)
  const written = new Map<ActivationId, WatchState>()
  for await (const page of readWatchStates(store))
    for (const { activationId, state } of page) if (isState(state, nothing.version)) written.set(activationId, state)
  return {
    get: id =>
      flows.map(({ states }) => states.get(id)).find(state => judgedThrough(state) !== unheard) ??
      written.get(id) ??
      nothing,
  }
}
