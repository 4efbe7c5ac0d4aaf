import type { ActivationId } from '@cordon/contract'
import { emptyState, type WatchState } from '@cordon/watch'

/** The engine's state of every activation, in memory. Changed only after the commit of what it was changed by. */
export interface WatchStates {
  get(id: ActivationId): WatchState
  /** When the state was last written to the database, by this service's clock; 0 for never. */
  writtenAt(id: ActivationId): number
  /** Activations with something under way: the ones that time alone can change. */
  withStretches(): readonly ActivationId[]
  commit(changed: ReadonlyMap<ActivationId, WatchState>, written: Iterable<ActivationId>, at: number): void
}

export function createWatchStates(initial: ReadonlyMap<ActivationId, WatchState>, at: number): WatchStates {
  const states = new Map(initial)
  const written = new Map<ActivationId, number>()
  for (const id of initial.keys()) written.set(id, at)
  const open = new Set<ActivationId>()
  const note = (id: ActivationId, state: WatchState) => {
    if (state.stretches.length > 0) open.add(id)
    else open.delete(id)
  }
  for (const [id, state] of initial) note(id, state)
  const nothing = emptyState()

  return {
    get: id => states.get(id) ?? nothing,
    writtenAt: id => written.get(id) ?? 0,
    withStretches: () => [...open],
    commit: (changed, writtenIds, now) => {
      for (const [id, state] of changed) {
        states.set(id, state)
        note(id, state)
      }
      for (const id of writtenIds) written.set(id, now)
    },
  }
}
