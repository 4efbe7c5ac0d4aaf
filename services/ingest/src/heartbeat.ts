import type { Live } from '@cordon/live'
import type { Clock } from '@cordon/runtime'
import type { Batcher } from './batch.ts'
import type { Meter } from './meter.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'

export interface HeartbeatParts {
  readonly instance: string
  readonly live: Pick<Live, 'publishSystem'>
  readonly meter: Pick<Meter, 'sinceLast'>
  readonly batcher: Pick<Batcher, 'failing' | 'tick'>
  readonly subscriber: Pick<Subscriber, 'held' | 'awaySince'>
  readonly clock: Clock
}

const EVERY_MS = 1_000

/** Says every second how this ingest is: gateways turn it into the operators' banner. Also drives the engine's clock. */
export function startHeartbeat({ instance, live, meter, batcher, subscriber, clock }: HeartbeatParts): () => void {
  const timer = setInterval(() => {
    const now = clock.now()
    const { fixesPerSecond, lagSeconds } = meter.sinceLast(now)
    const failing = batcher.failing()
    const secondsSince = (at: number | null | undefined) => (at === null || at === undefined ? 0 : (now - at) / 1_000)
    live.publishSystem({
      ingest: instance,
      at: new Date(now).toISOString(),
      // While nothing can be kept, or nothing can arrive, everything is at least that late.
      lagSeconds: Math.max(lagSeconds, secondsSince(failing?.since), secondsSince(subscriber.awaySince())),
      fixesPerSecond,
      inFlight: subscriber.held(),
      database: failing?.isOutage !== true,
    })
    batcher.tick()
  }, EVERY_MS)
  return () => clearInterval(timer)
}
