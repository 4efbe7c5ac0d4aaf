import { covers } from './group-memo.ts'
import type { OpenPeriod, Period } from './watched-condition.ts'

/** The time round a moment in which none of the periods it was narrowed by begins or ends. */
export interface Bounds {
  from: number
  to: number
}

export function unbounded(): Bounds {
  return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
}

/** Ends the bounds where `period` begins or ends next to `at`, and says whether `at` is in it. */
export function narrow(bounds: Bounds, period: OpenPeriod, at: number): boolean {
  const { from, to } = closed(period)
  for (const edge of [from, to]) {
    if (edge <= at) bounds.from = Math.max(bounds.from, edge)
    else bounds.to = Math.min(bounds.to, edge)
  }
  return covers({ from, to }, at)
}

function closed({ from, to }: OpenPeriod): Period {
  return { from, to: to ?? Number.POSITIVE_INFINITY }
}
