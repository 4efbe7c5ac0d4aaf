import type { Fix, Judgement, SetAside } from '@cordon/contract'
import { admit, byMeasurement, isUsable } from './admission.ts'
import { circleOf } from './circle.ts'
import { nearMissOf } from './evidence.ts'
import { judgeCondition } from './judge-condition.ts'
import { endLapsed } from './lapses.ts'
import type { WatchPolicy } from './policy.ts'
import { readFix } from './reading.ts'
import { type Stretch, stretchOf, type WatchState, withFix, withStretch } from './state.ts'
import { type Activation, isInForce, isSuperseded, type WatchedCondition } from './watched-condition.ts'

/** A fix, or the time: epoch milliseconds by the service's clock. */
export type WatchInput = { readonly type: 'fix'; readonly fix: Fix } | { readonly type: 'tick'; readonly at: number }

/** What holds for one activation: everything known, not only what is in force now; the fix's own time chooses. */
export interface WatchContext {
  readonly activation: Activation
  readonly conditions: readonly WatchedCondition[]
  readonly policy: WatchPolicy
}

/** `state` is the very object that was passed in when nothing has changed. */
export interface WatchResult {
  readonly state: WatchState
  readonly judgements: readonly Judgement[]
}

/**
 * The watch engine: one fix or one tick of the clock on from `state`. Pure and deterministic; never throws on a number.
 *
 * A fix that is judged already changes nothing and is not spoken of: it is stored as what it is. A fix that cannot be
 * judged in its place is set aside. A tick ends only what time alone can end, and knows nothing that a later fix with an
 * earlier time could not put right.
 */
export function judge(state: WatchState, input: WatchInput, context: WatchContext): WatchResult {
  switch (input.type) {
    case 'fix':
      return judgeFix(state, input.fix, context)
    case 'tick':
      return Number.isFinite(input.at) ? judgeTick(state, input.at, context) : { state, judgements: [] }
  }
}

/** A batch, in the order of measurement, whatever order it came in. */
export function judgeAll(state: WatchState, fixes: readonly Fix[], context: WatchContext): WatchResult {
  const judgements: Judgement[] = []
  let now = state
  for (const fix of fixes.filter(isUsable).sort(byMeasurement)) {
    const result = judgeFix(now, fix, context)
    now = result.state
    for (const judgement of result.judgements) judgements.push(judgement)
  }
  return { state: now, judgements }
}

function judgeFix(state: WatchState, fix: Fix, context: WatchContext): WatchResult {
  const admission = admit(fix, state, context)
  switch (admission) {
    case 'judge':
      return judgeInPlace(state, fix, context)
    case 'duplicate':
    case 'unusable':
      return { state, judgements: [] }
    case 'after-activation': {
      const { state: ended, judgements } = endLapsed({ state, ...context }, context.conditions, fix.measuredAt)
      return { state: ended, judgements: [...judgements, setAside(fix, admission, context)] }
    }
    case 'future':
    case 'before-activation':
    case 'older-than-judged':
      return { state, judgements: [setAside(fix, admission, context)] }
  }
}

function judgeInPlace(before: WatchState, fix: Fix, context: WatchContext): WatchResult {
  const { conditions, policy } = context
  const { measuredAt } = fix
  const { state: lapsed, judgements } = endLapsed({ state: before, ...context }, conditions, measuredAt)
  let state = withFix(forgetOld(lapsed, measuredAt, policy), [measuredAt, fix.seq])
  const circle = circleOf(fix, policy)
  if (circle.radiusM > policy.worstAccuracyM) return { state, judgements }
  const sight = { fix, circle, policy }
  // the hot loop: far from every zone it makes nothing and costs a comparison of boxes for each
  for (const condition of conditions) {
    if (!isInForce(condition, measuredAt)) continue
    const stretch = stretchOf(state, condition.conditionId)
    const reading = readFix(sight, condition, stretch !== undefined)
    if (reading === undefined || isSuperseded(condition, conditions, measuredAt)) continue
    const step = judgeCondition(stretch, reading, { ...context, state })
    state = withStretch(state, condition.conditionId, step.stretch)
    judgements.push(...step.judgements)
  }
  return { state, judgements }
}

function judgeTick(state: WatchState, at: number, context: WatchContext): WatchResult {
  if (state.stretches.length === 0) return { state, judgements: [] }
  const result = endLapsed({ state, ...context }, context.conditions, at)
  for (const stretch of result.state.stretches) {
    if (!isSilentNear(stretch, at, context.policy)) continue
    result.judgements.push(nearMissOf(stretch, { ...context, state: result.state }))
    result.state = withStretch(result.state, stretch.conditionId, undefined)
  }
  return result
}

/** A near stretch that no fix has come to close: the longest gap is for fixes, the clock waits for late ones. */
function isSilentNear(stretch: Stretch, at: number, policy: WatchPolicy): stretch is Stretch & { phase: 'near' } {
  return stretch.phase === 'near' && at - stretch.to >= policy.nearMissLongestMs
}

/** Without the episodes that can no longer be joined. */
function forgetOld(state: WatchState, at: number, { rejoinMs }: WatchPolicy): WatchState {
  const isOld = (stretch: Stretch) =>
    stretch.phase === 'episode' && stretch.endedAt !== null && at - stretch.endedAt > rejoinMs
  return state.stretches.some(isOld)
    ? { ...state, stretches: state.stretches.filter(stretch => !isOld(stretch)) }
    : state
}

function setAside(fix: Fix, reason: SetAside['reason'], { activation }: WatchContext): SetAside {
  const { measuredAt, seq } = fix
  return { type: 'set-aside', activationId: activation.activationId, measuredAt, seq, reason }
}
