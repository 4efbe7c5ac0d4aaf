import { type Clock, type Logger, sleep } from '@cordon/runtime'
import { runErasures, type Store } from '@cordon/store'
import { repeat } from './repeat.ts'
import { REST_MS } from './start-housekeeping.ts'

export interface ErasuresParts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
}

const EVERY_MS = 60_000
/** Longer than any batch is under way, and than a change of the register takes to be known. */
const SETTLE_MS = 60_000

/** Every minute: erasures that were asked for are carried out, and certified a minute later. */
export const startErasures = (parts: ErasuresParts): (() => Promise<void>) =>
  repeat({
    name: 'erasing',
    firstMs: EVERY_MS,
    everyMs: EVERY_MS,
    logger: parts.logger,
    work: signal => carryOutErasures(parts, signal),
  })

export async function carryOutErasures({ store, clock, logger }: ErasuresParts, signal?: AbortSignal): Promise<void> {
  const done = await runErasures({
    store,
    now: clock.now(),
    settleMs: SETTLE_MS,
    rest: () => sleep(REST_MS, signal),
    onStopped: (erasureId, reason) => logger.warn({ erasureId, reason }, 'an erasure does not go on now'),
  })
  if (done.removed + done.certified > 0) logger.info(done, 'wearers were erased')
}
