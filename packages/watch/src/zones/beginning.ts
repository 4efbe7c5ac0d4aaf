import type { ConditionGroup } from '../condition/condition-group.ts'
import { nextStart } from '../condition/force.ts'
import type { WatchPolicy } from '../policy/policy.ts'
import type { PolicyBook } from '../policy/policy-book.ts'

/** When the clock may next begin an episode, by the policy of `after`; infinite when it never does. */
export function firstBeginning(group: ConditionGroup, after: number, policies: PolicyBook): number {
  if (group.kind === 'interest') return Infinity
  const graceMs = graceOf(group, policies.ofZone(after, group.zoneId))
  return nextStart(group, after - graceMs) + graceMs
}

export function graceOf({ kind }: ConditionGroup, policy: WatchPolicy): number {
  return kind === 'inclusion' ? policy.absenceGraceMs : policy.presenceGraceMs
}
