import { type Clock, type Logger, toError } from '@cordon/runtime'
import { blamesMessage } from './blames-message.ts'

/** A batch cannot be kept: since when, epoch ms, and whether the database is to blame or what the batch holds. */
export interface Failing {
  readonly since: number
  readonly isOutage: boolean
}

/** Of a trouble that lasts, one line so often. */
const SAY_EVERY_MS = 15_000

/** Since when batches fail, and a log that says so at once, then now and then, and when it is over. */
export function createTrouble({ clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
  let failing: Failing | null = null
  let saidAt = 0
  return {
    now: () => failing,
    failed: (error: unknown) => {
      const isOutage = !blamesMessage(error)
      failing = { since: failing?.since ?? clock.now(), isOutage }
      if (clock.now() - saidAt < SAY_EVERY_MS) return
      saidAt = clock.now()
      logger.error(
        { err: toError(error), since: new Date(failing.since) },
        'a batch was not kept: it will be run again',
      )
    },
    over: () => {
      if (failing === null) return
      logger.warn({ ms: clock.now() - failing.since }, 'batches are kept again')
      failing = null
      saidAt = 0
    },
  }
}
