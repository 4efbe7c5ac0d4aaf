import type { Logger } from '@cordon/runtime'

/** A connection that lasted this long was a good one: the next failure is waited for briefly. */
export const STEADY_MS = 10_000
/** Of one trouble that lasts, one line so often. */
const SAY_EVERY_MS = 60_000

/** The same trouble is told once a minute, a new one at once. */
export function createConnectionLog({ logger, clientId }: { readonly logger: Logger; readonly clientId: string }) {
  let said = ''
  let saidAt = -SAY_EVERY_MS
  let shortLived = 0
  return {
    ready: (isResumed: boolean, connection: number) => {
      said = ''
      if (!isResumed && connection > 1)
        logger.error(
          { clientId },
          'the broker had forgotten our session: what it held for us while we were away is lost',
        )
      else if (connection > 1) logger.warn({ clientId }, 'subscribed to the broker again')
      else logger.info({ clientId, isResumed }, 'subscribed to the broker')
    },
    closed: (reason: Error, lastedMs: number | undefined) => {
      shortLived = lastedMs !== undefined && lastedMs < STEADY_MS ? shortLived + 1 : 0
      if (shortLived === 3)
        logger.error(
          { clientId },
          'the broker closes each connection at once: is a second ingest running under this name?',
        )
      if (reason.message === said && performance.now() - saidAt < SAY_EVERY_MS) return
      said = reason.message
      saidAt = performance.now()
      logger.warn({ err: reason, clientId }, 'no connection to the broker: trying again until there is one')
    },
  }
}
