import type { ActivationId } from '@cordon/contract'
import { type Logger, toError } from '@cordon/runtime'
import { blamesMessage } from './blames-message.ts'

/** Which late stretches may be tried now, and in company or alone. */
export interface RewindPatience {
  mayTry(id: ActivationId): boolean
  isApart(id: ActivationId): boolean
  /** Nothing came of these, which were tried together. */
  failed(ids: ReadonlySet<ActivationId>, error: unknown): void
  /** These have been judged; it took so long, all together. */
  done(ids: readonly ActivationId[], tookMs: number): void
  /** Of which the last try failed, through nobody else's fault. */
  failing(): number
}

/** One that cannot be judged again must not be tried in every batch. */
const RETRY_MS = 60_000
/** While the database is away there is nothing to be read. */
const OUTAGE_MS = 5_000
/** A tag with a wrong clock can ask for months to be judged again with every fix: after such work it waits so many times as long. */
const REST = 20
const LONGEST_REST_MS = 600_000

/** What fails in company is tried alone; alone, after a minute. An outage is nobody's fault. `elapsed`: ms that only go forward. */
export function createRewindPatience(elapsed: () => number, logger: Logger): RewindPatience {
  const restUntil = new Map<ActivationId, number>()
  const failing = new Set<ActivationId>()
  const apart = new Set<ActivationId>()
  const rest = (id: ActivationId, ms: number) => restUntil.set(id, elapsed() + ms)

  return {
    mayTry: id => elapsed() >= (restUntil.get(id) ?? 0),
    isApart: id => apart.has(id),
    failed: (ids, error) => {
      const isOutage = !blamesMessage(error)
      const isAlone = ids.size === 1
      for (const id of ids) {
        if (isOutage) rest(id, OUTAGE_MS)
        else if (isAlone) {
          rest(id, RETRY_MS)
          failing.add(id)
        } else apart.add(id)
      }
      if (isOutage || isAlone)
        logger.error({ activationIds: [...ids], err: toError(error) }, 'late stretches could not be judged again')
    },
    done: (ids, tookMs) => {
      for (const id of ids) {
        rest(id, Math.min(LONGEST_REST_MS, (REST * tookMs) / ids.length))
        failing.delete(id)
        apart.delete(id)
      }
    },
    failing: () => failing.size,
  }
}
