import type { ConditionGroup } from '../condition/condition-group.ts'
import { nextStart } from '../condition/force.ts'
import type { PolicyBook } from '../policy/policy-book.ts'

/** A moment at which the clock may begin an episode: so long after a condition has come into force as the policy of then allows. */
export interface Beginning {
  /** When it came into force. */
  readonly start: number
  readonly at: number
}

/** The first of them after a time; undefined when there is none. */
export function nextBeginning(group: ConditionGroup, after: number, policies: PolicyBook): Beginning | undefined {
  if (group.kind === 'interest') return undefined
  const { least, most } = policies.grace[setting(group)]
  let start = nextStart(group, after - most)
  let first: Beginning | undefined
  // where policies allow differently long, a later start can come to its end earlier
  while (start < Infinity && (first === undefined || start + least < first.at)) {
    const at = start + (least === most ? most : policies.ofZone(start, group.zoneId)[setting(group)])
    if (at > after && (first === undefined || at < first.at)) first = { start, at }
    if (least === most) break
    start = nextStart(group, start)
  }
  return first
}

const setting = ({ kind }: ConditionGroup) => (kind === 'inclusion' ? 'absenceGraceMs' : 'presenceGraceMs')
