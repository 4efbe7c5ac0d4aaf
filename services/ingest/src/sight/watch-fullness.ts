import type { Clock, Logger } from '@cordon/runtime'
import type { Batcher } from '../batch.ts'
import type { Subscriber } from '../subscribe/create-subscriber.ts'

export interface FullnessParts {
  readonly subscriber: Pick<Subscriber, 'held'>
  readonly batcher: Pick<Batcher, 'held'>
  readonly receiveMaximum: number
  readonly clock: Clock
  readonly logger: Logger
}

/** The subscriber's own bound, beside the number of messages. */
const MAX_HELD_BYTES = 64 * 1024 * 1024
const SAY_EVERY_MS = 15_000

/**
 * Whether so much is held that the subscriber has stopped reading, until half of it is acknowledged: since when (epoch ms), or null. The
 * broker keeps what comes meanwhile; nobody judges it. Said in the log at once, and again every 15 s.
 */
export function createFullness({
  subscriber,
  batcher,
  receiveMaximum,
  clock,
  logger,
}: FullnessParts): () => number | null {
  let since: number | null = null
  let saidAt = 0
  const share = () => {
    const bytes = batcher.held().reduce((sum, { payload }) => sum + payload.length, 0)
    return Math.max(subscriber.held() / receiveMaximum, bytes / MAX_HELD_BYTES)
  }
  const say = (full: number): void => {
    if (clock.now() >= saidAt && clock.now() - saidAt < SAY_EVERY_MS) return
    saidAt = clock.now()
    const held = subscriber.held()
    logger.error({ held, since: new Date(full) }, 'no more can be held: blind for new fixes, which the broker keeps')
  }
  return () => {
    const isFull = since === null ? share() >= 1 : share() > 0.5
    if (isFull) since ??= clock.now()
    else {
      if (since !== null) logger.warn({ ms: clock.now() - since }, 'new fixes are read again')
      since = null
      saidAt = 0
    }
    if (since !== null) say(since)
    return since
  }
}
