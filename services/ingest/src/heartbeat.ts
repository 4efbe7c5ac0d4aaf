import type { Live } from '@cordon/live'
import type { Clock } from '@cordon/runtime'
import type { Batcher } from './batch.ts'
import type { Meter } from './meter.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'

export interface HeartbeatParts {
  readonly instance: string
  readonly live: Live
  readonly meter: Meter
  readonly batcher: Batcher
  readonly subscriber: Subscriber
  readonly clock: Clock
}

const EVERY_MS = 1_000

/** Says every second how this ingest is: gateways turn it into the operators' banner. Also drives the engine's clock. */
export function startHeartbeat({ instance, live, meter, batcher, subscriber, clock }: HeartbeatParts): () => void {
  const timer = setInterval(() => {
    const now = clock.now()
    const { fixesPerSecond, lagSeconds } = meter.sinceLast(now)
    const failing = batcher.failingSince()
    const failingSeconds = failing === null ? 0 : (now - failing) / 1_000
    live.publishSystem({
      ingest: instance,
      at: new Date(now).toISOString(),
      lagSeconds: Math.max(lagSeconds, failingSeconds),
      fixesPerSecond,
      inFlight: subscriber.held(),
      database: failing === null,
    })
    batcher.tick()
  }, EVERY_MS)
  return () => clearInterval(timer)
}
