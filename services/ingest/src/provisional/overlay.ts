import type { ActivationId } from '@cordon/contract'
import type { WatchState } from '@cordon/watch'
import { dueNow, isUnderWay, type WatchStates } from '../watch-states.ts'

/** The engine's states as they would be if what is held were recorded: laid over those that are, which it never touches. */
export function createOverlay(committed: WatchStates): WatchStates {
  const states = new Map<ActivationId, WatchState>()
  const get = (id: ActivationId) => states.get(id) ?? committed.get(id)
  return {
    get,
    writtenAt: id => committed.writtenAt(id),
    due: (activations, now) => dueNow(activations, now, id => isUnderWay(get(id))),
    late: () => committed.late(),
    commit: changed => {
      for (const [id, state] of changed) states.set(id, state)
    },
  }
}
