import type { ActivationId } from '@cordon/contract'

export interface Freshness {
  /** A fix was committed. Both times in epoch ms. */
  note(activationId: ActivationId, measuredAt: number, committedAt: number): void
  /** Milliseconds by which even the freshest of the last fixes was late; 0 when too few tags have reported to tell. */
  backlogMs(now: number): number
}

const WINDOW_MS = 5_000
/** One or two tags that send what they had stored are no backlog. */
const ENOUGH_TAGS = 3

/**
 * How long messages lie at the broker before they come here. MQTT does not say; but a broker hands them out in their order, so
 * while it has a backlog even the freshest of all tags' fixes is old. Single old fixes (a tag that was out of coverage) change nothing.
 */
export function createFreshness(): Freshness {
  let since = 0
  let freshestMs = Infinity
  const tags = new Set<ActivationId>()
  let backlogMs = 0
  return {
    note: (activationId, measuredAt, committedAt) => {
      freshestMs = Math.min(freshestMs, committedAt - measuredAt)
      if (tags.size < ENOUGH_TAGS) tags.add(activationId)
    },
    backlogMs: now => {
      if (now >= since && now - since < WINDOW_MS) return backlogMs
      backlogMs = tags.size < ENOUGH_TAGS ? 0 : Math.max(0, freshestMs)
      since = now
      freshestMs = Infinity
      tags.clear()
      return backlogMs
    },
  }
}
