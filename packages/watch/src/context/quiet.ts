import type { ConditionGroup } from '../condition/condition-group.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import { nextBeginning } from '../zones/beginning.ts'

export interface Quiet {
  /** Whether the clock can begin nothing in (from, to], wherever the wearer is. */
  holds(from: number, to: number): boolean
}

/** Most conditions hold always: of those the clock never has anything to say, and it should cost nothing to know that. */
export function createQuiet(groups: readonly ConditionGroup[], policies: PolicyBook): Quiet {
  let since = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY

  return {
    holds(from, to) {
      if (from < since || from >= until) {
        since = from
        until = Math.min(...groups.map(group => nextBeginning(group, from, policies)?.at ?? Infinity))
      }
      return to < until
    },
  }
}
