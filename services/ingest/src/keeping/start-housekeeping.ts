import { type Clock, type Logger, sleep } from '@cordon/runtime'
import { applyEditionSettings, removeStaleKeys, runRetention, type Store, thinCheckpoints } from '@cordon/store'
import { repeat } from './repeat.ts'

export interface HousekeepingParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** Milliseconds that a near miss is kept. */
  readonly nearMissesMs: number
}

const FIRST_MS = 600_000
const EVERY_MS = 3_600_000
/** Between two slices of some 50 ms: the live commits have the database to themselves for most of the time. */
export const REST_MS = 100

/** Every hour: what is kept for a stated time goes when the time is over. */
export const startHousekeeping = (parts: HousekeepingParts): (() => Promise<void>) =>
  repeat({
    name: 'housekeeping',
    firstMs: FIRST_MS,
    everyMs: EVERY_MS,
    logger: parts.logger,
    work: signal => keepHouse(parts, signal),
  })

export async function keepHouse(
  { store, clock, logger, nearMissesMs }: HousekeepingParts,
  signal?: AbortSignal,
): Promise<void> {
  const now = clock.now()
  if (await applyEditionSettings(store)) logger.info('fixes older than a month are compressed from now on')
  const rest = () => sleep(REST_MS, signal)
  const retained = await runRetention({ store, now, nearMissesMs, rest })
  const stale = await removeStaleKeys(store, now)
  const checkpoints = await thinCheckpoints(store, now)
  logger.info({ ...retained, ...stale, checkpoints }, 'housekeeping: so many were deleted')
}
