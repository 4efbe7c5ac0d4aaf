import { supervisionOf } from '@cordon/watch'
import type { Register } from '../register/register.ts'
import type { WatchStates } from '../watch-states.ts'

export interface Expected {
  /** Tags that are fitted, were heard before, and are not known to be silent. */
  readonly tags: number
  /** Milliseconds within which the most frequent of them reports. */
  readonly intervalMs: number
}

/** Who should be heard, looked at again every so often: a tag that was never heard is the roll-call's business. */
export function createExpected(
  register: Register,
  states: WatchStates,
  elapsed: () => number,
): (now: number) => Expected {
  let expected: Expected = { tags: 0, intervalMs: 0 }
  let countedAt = Number.NEGATIVE_INFINITY
  return now => {
    if (elapsed() - countedAt < EVERY_MS) return expected
    countedAt = elapsed()
    expected = count(register, states, now)
    return expected
  }
}

/** 25,000 activations take some 10 ms. */
const EVERY_MS = 10_000

function count(register: Register, states: WatchStates, now: number): Expected {
  let tags = 0
  let intervalMs = Number.POSITIVE_INFINITY
  for (const { id, from, to, context } of register.activations()) {
    if (from > now || (to !== null && to <= now)) continue
    const { heardAt, known, allowedMs, graceMs } = supervisionOf(states.get(id), context, now)
    if (heardAt === null || known !== null) continue
    tags += 1
    intervalMs = Math.min(intervalMs, allowedMs - graceMs)
  }
  return { tags, intervalMs: tags === 0 ? 0 : intervalMs }
}
