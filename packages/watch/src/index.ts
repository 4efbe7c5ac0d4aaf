export { judge, judgeAll, type WatchContext, type WatchInput, type WatchResult } from './judge.ts'
export { defaultPolicy, type SourcePolicy, type WatchPolicy } from './policy.ts'
export { emptyState, judgedThrough, type WatchState } from './state.ts'
export type { Activation, OpenPeriod, Period, WatchedCondition } from './watched-condition.ts'
