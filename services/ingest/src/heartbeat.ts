import type { LiveSystem } from '@cordon/contract'
import type { Live } from '@cordon/live'
import type { Clock } from '@cordon/runtime'
import type { Batcher } from './batch.ts'
import type { Meter } from './meter.ts'
import type { Sight } from './sight/create-sight.ts'
import type { Subscriber } from './subscribe/create-subscriber.ts'

export interface HeartbeatParts {
  readonly instance: string
  readonly live: Pick<Live, 'publishSystem'>
  readonly meter: Pick<Meter, 'sinceLast'>
  readonly batcher: Pick<Batcher, 'failing' | 'tick'>
  readonly subscriber: Pick<Subscriber, 'held' | 'awaySince'>
  readonly sight: Pick<Sight, 'now'>
  readonly clock: Clock
}

const EVERY_MS = 1_000

/**
 * Says every second how this ingest is: gateways turn it into the operators' banner. Also drives the engine's clock. A stop that is meant
 * is said, so that nobody takes it for a death.
 */
export function startHeartbeat(parts: HeartbeatParts): () => void {
  const { live, batcher, meter, clock } = parts
  const timer = setInterval(() => {
    const now = clock.now()
    live.publishSystem(heartbeatOf(parts, now, meter.sinceLast(now)))
    batcher.tick()
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    const now = clock.now()
    live.publishSystem({ ...heartbeatOf(parts, now, meter.sinceLast(now)), stopping: true })
  }
}

function heartbeatOf(
  { instance, batcher, subscriber, sight }: HeartbeatParts,
  now: number,
  { fixesPerSecond, lagSeconds }: ReturnType<Meter['sinceLast']>,
): LiveSystem {
  const seen = sight.now()
  const failing = batcher.failing()
  const secondsSince = (at: number | null | undefined) => (at === null || at === undefined ? 0 : (now - at) / 1_000)
  return {
    ingest: instance,
    at: new Date(now).toISOString(),
    // While nothing can be kept, or nothing can arrive, everything is at least that late.
    lagSeconds: Math.max(
      lagSeconds,
      seen.oldestHeldSeconds,
      secondsSince(failing?.since),
      secondsSince(subscriber.awaySince()),
    ),
    fixesPerSecond,
    inFlight: subscriber.held(),
    database: failing?.isOutage !== true,
    sight: seen,
  }
}
