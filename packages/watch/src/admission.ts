import type { SetAside } from '@cordon/contract'
import type { WatchContext } from './context/watch-context.ts'
import type { Observation } from './timeline/observation.ts'

/** Why a fix is kept but takes no part, or undefined when it does. It hangs on the fix's own clocks alone. */
export function refusalOf(
  observation: Observation,
  { activation, policies }: WatchContext,
): Exclude<SetAside['reason'], 'impossible-jump'> | undefined {
  const { measuredAt, receivedAt } = observation.type === 'fix' ? observation.fix : observation.event
  if (measuredAt - receivedAt > policies.at(receivedAt).futureMs) return 'future'
  if (measuredAt < activation.from) return 'before-activation'
  return activation.to !== null && measuredAt >= activation.to ? 'after-activation' : undefined
}
