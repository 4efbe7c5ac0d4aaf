import { setTimeout as wait } from 'node:timers/promises'

const PATIENCE_MS = 2_000
const PAUSE_MS = 20
const TIMERS: ReadonlySet<string> = new Set(['Timeout', 'Immediate'])

/**
 * Remembers what this process holds open now and gives a function that fails when there is more of it: a socket, server, child
 * process, pipe or watcher that nobody closed. For a test file: `beforeAll` takes it, the last `afterAll` calls it. Timers are not
 * counted: vitest's own come and go in the same process.
 */
export function leakCheck(): () => Promise<void> {
  const before = countResources()
  return async () => {
    const deadline = performance.now() + PATIENCE_MS
    for (;;) {
      const leaked = moreThan(before, countResources())
      if (leaked.length === 0) return
      if (performance.now() > deadline) throw new Error(`left open: ${leaked.join(', ')}`)
      await wait(PAUSE_MS) // a socket that was closed needs a turn or two to be gone
    }
  }
}

function countResources(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo())
    if (!TIMERS.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

function moreThan(before: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): readonly string[] {
  return [...now].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0)
    return more > 0 ? [`${more} ${kind}`] : []
  })
}
