import type { ActivationId } from '@cordon/contract'
import { emptyState, type WatchState } from '@cordon/watch'
import type { KnownActivation } from './register/register.ts'

/** The engine's state of every activation, in memory. Changed only after the commit of what it was changed by. */
export interface WatchStates {
  get(id: ActivationId): WatchState
  /** When the state was last written to the database, by this service's clock; 0 for never. */
  writtenAt(id: ActivationId): number
  /** Those of which the clock is to be told now: with something under way every second, the others every ten. */
  due(activations: Iterable<KnownActivation>, now: number): Iterable<KnownActivation>
  /** Activations with observations that came too late to be judged in their place, the longest waiting first. */
  late(): readonly ActivationId[]
  commit(changed: ReadonlyMap<ActivationId, WatchState>, written: Iterable<ActivationId>, at: number): void
}

/** Silence counts ticks no further apart than 90 s, and hours begin to the second: ten seconds are early enough for both. */
const TURNS = 10
/** After the end of an activation the clock has a last word: what is open of it is ended. */
const AFTER_END_MS = 3_600_000

export function createWatchStates(initial: ReadonlyMap<ActivationId, WatchState>, at: number): WatchStates {
  const states = new Map(initial)
  const written = new Map<ActivationId, number>()
  for (const id of initial.keys()) written.set(id, at)
  const late = new Set<ActivationId>()
  // So that the clock need not look into the states of all 25,000, every second, for the few of which there is something to judge.
  const underWay = new Set<ActivationId>()
  const note = (id: ActivationId, state: WatchState) => {
    if (state.rewindFrom === null) late.delete(id)
    else late.add(id)
    if (isUnderWay(state)) underWay.add(id)
    else underWay.delete(id)
  }
  for (const [id, state] of initial) note(id, state)
  const nothing = emptyState()

  return {
    get: id => states.get(id) ?? nothing,
    writtenAt: id => written.get(id) ?? 0,
    due: (activations, now) => dueNow(activations, now, id => underWay.has(id)),
    late: () => [...late],
    commit: (changed, writtenIds, now) => {
      for (const [id, state] of changed) {
        states.set(id, state)
        note(id, state)
      }
      for (const id of writtenIds) written.set(id, now)
    },
  }
}

export function* dueNow(
  activations: Iterable<KnownActivation>,
  now: number,
  isUnderWayOf: (id: ActivationId) => boolean,
): Iterable<KnownActivation> {
  const turn = Math.floor(now / 1_000) % TURNS
  for (const activation of activations) {
    if (activation.from > now || (activation.to !== null && now - activation.to > AFTER_END_MS)) continue
    if (turnOf(activation.id) === turn || isUnderWayOf(activation.id)) yield activation
  }
}

/** The last digit of its number. */
const turnOf = (id: ActivationId): number => id.charCodeAt(id.length - 1) % TURNS

export const isUnderWay = ({ told, timeline }: WatchState): boolean => told.length > 0 || timeline.zones.length > 0
