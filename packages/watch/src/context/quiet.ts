import type { ConditionGroup } from '../condition/condition-group.ts'
import { nextStart } from '../condition/force.ts'
import type { PolicyBook } from '../policy/policy-book.ts'
import { graceOf } from '../zones/step-clock.ts'

export interface Quiet {
  /** Whether the clock can begin nothing in (from, to], whatever the wearer does. */
  holds(from: number, to: number): boolean
}

/** Most conditions hold always: of those the clock never has anything to say, and it should cost nothing to know that. */
export function createQuiet(groups: readonly ConditionGroup[], policies: PolicyBook): Quiet {
  let since = Number.POSITIVE_INFINITY
  let until = Number.NEGATIVE_INFINITY

  const firstBeginning = (after: number): number => {
    let first = Number.POSITIVE_INFINITY
    for (const group of groups) {
      const graceMs = graceOf(group, policies.ofZone(after, group.zoneId))
      first = Math.min(first, nextStart(group, after - graceMs) + graceMs)
    }
    return first
  }

  return {
    holds(from, to) {
      if (from < since || from >= until) {
        since = from
        until = firstBeginning(from)
      }
      return to < until
    },
  }
}
