import { type Clock, type Logger, toError } from '@cordon/runtime'
import { type Settled, type Store, sealAppended } from '@cordon/store'

export interface SealerParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
}

/** So long at most, and the pass itself, what people did can be altered without leaving a trace. */
const EVERY_MS = 1_000
/** Of a trouble that lasts, one line so often. */
const SAY_EVERY_MS = 60_000

/**
 * Every second: incident changes, actions, audit entries and removals that were added since are sealed in the chain. One ingest at
 * a time does it; what it could not do it does the next time.
 */
export function startSealer({ store, clock, logger }: SealerParts): () => Promise<void> {
  const settled: Settled = new Map()
  let running: Promise<void> | null = null
  let saidAt = Number.NEGATIVE_INFINITY
  const failed = (error: unknown): void => {
    if (Math.abs(clock.now() - saidAt) < SAY_EVERY_MS) return
    saidAt = clock.now()
    logger.error({ err: toError(error) }, 'what was added to the record was not sealed: it is tried again every second')
  }
  const seal = async (): Promise<void> => {
    try {
      await sealAppended(store, settled, clock.now())
    } catch (error) {
      failed(error)
    } finally {
      running = null
    }
  }
  const timer = setInterval(() => {
    running ??= seal()
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}
