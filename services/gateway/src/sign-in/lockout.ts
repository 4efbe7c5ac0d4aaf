import type { Clock } from '@cordon/runtime'

export interface Lockout {
  isLocked(name: string): boolean
  failed(name: string): void
  succeeded(name: string): void
}

const MAX_FAILURES = 5
const LOCKED_MS = 15 * 60_000
/** Names remembered at once; beyond it the one that failed longest ago is forgotten. */
const MAX_NAMES = 10_000

/**
 * Five wrong passwords in a row lock a name for 15 minutes, whether anybody has that name or not. Kept in this process: a restart
 * forgets it, and each gateway counts for itself.
 */
export function createLockout(clock: Clock): Lockout {
  const failures = new Map<string, { readonly count: number; readonly at: number }>()
  const countOf = (name: string): number => {
    const entry = failures.get(name)
    return entry !== undefined && clock.now() - entry.at < LOCKED_MS ? entry.count : 0
  }
  return {
    isLocked: name => countOf(name) >= MAX_FAILURES,
    failed: name => {
      const count = countOf(name) + 1
      failures.delete(name)
      failures.set(name, { count, at: clock.now() })
      const [oldest] = failures.keys()
      if (failures.size > MAX_NAMES && oldest !== undefined) failures.delete(oldest)
    },
    succeeded: name => failures.delete(name),
  }
}
