import type { Judgement } from '@cordon/contract'
import { lapse } from './episode.ts'
import { nearMissOf, type Scene, type Step } from './evidence.ts'
import { type Stretch, type WatchState, withStretch } from './state.ts'
import { firstLapse, type WatchedCondition } from './watched-condition.ts'

/** Ends what a condition, a pass or the activation has ended by the time `until`, whether a fix or the clock says so. */
export function endLapsed(
  scene: Scene,
  conditions: readonly WatchedCondition[],
  until: number,
): { state: WatchState; judgements: Judgement[] } {
  let { state } = scene
  const judgements: Judgement[] = []
  for (const stretch of scene.state.stretches) {
    const step = lapseOf(stretch, { scene, conditions, until })
    if (step === undefined) continue
    state = withStretch(state, stretch.conditionId, step.stretch)
    judgements.push(...step.judgements)
  }
  return { state, judgements }
}

function lapseOf(
  stretch: Stretch,
  { scene, conditions, until }: { scene: Scene; conditions: readonly WatchedCondition[]; until: number },
): Step | undefined {
  if (stretch.phase === 'episode' && stretch.endedAt !== null) return undefined
  const from = stretch.phase === 'near' ? stretch.to : stretch.lastInsideAt
  const versions = conditions.filter(({ conditionId }) => conditionId === stretch.conditionId)
  // a service's clock may be a little behind that of the tag
  const lapsed = firstLapse(versions, scene.activation, { from, to: Math.max(from, until) })
  if (lapsed === undefined) return undefined
  if (stretch.phase === 'episode') return lapse(stretch, lapsed, scene)
  return { stretch: undefined, judgements: [nearMissOf(stretch, scene)] }
}
