import { type Clock, type Logger, toError } from '@cordon/runtime'
import { pruneNearMisses, type Store, thinCheckpoints } from '@cordon/store'

export interface HousekeepingParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds that a near miss is kept. */
  readonly nearMissesMs: number
}

const EVERY_MS = 3_600_000

/** Every hour: what is kept for a stated time goes when the time is over. */
export function startHousekeeping(parts: HousekeepingParts): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = keepHouse(parts).catch((error: unknown) =>
      parts.logger.error({ err: toError(error) }, 'housekeeping failed: it is tried again in an hour'),
    )
  }, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await running
  }
}

export async function keepHouse({ store, clock, logger, nearMissesMs }: HousekeepingParts): Promise<void> {
  const now = clock.now()
  const nearMisses = await pruneNearMisses(store, now - nearMissesMs)
  const checkpoints = await thinCheckpoints(store, now)
  logger.info({ nearMisses, checkpoints }, 'housekeeping: so many were deleted')
}
