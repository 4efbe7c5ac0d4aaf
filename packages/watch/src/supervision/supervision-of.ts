import type { WatchContext } from '../context/watch-context.ts'
import type { WatchState } from '../state.ts'
import type { ActivationFact } from './roll-call.ts'
import { allowedSilenceMs, isQuiet } from './silence.ts'
import { knownOf } from './silence-context.ts'

/** What the engine knows of how an activation reports, for the roll-call. */
export type SupervisionFact = Pick<ActivationFact, 'allowedMs' | 'graceMs' | 'heardAt' | 'isQuiet' | 'known'>

export function supervisionOf({ silence, timeline }: WatchState, context: WatchContext, now: number): SupervisionFact {
  const plan = context.policies.at(now)
  return {
    allowedMs: allowedSilenceMs(plan),
    graceMs: plan.graceMs,
    heardAt: silence.heardAt,
    isQuiet: isQuiet(silence, plan),
    known: knownOf(context, { device: timeline.device, heardAt: silence.heardAt }, now),
  }
}
