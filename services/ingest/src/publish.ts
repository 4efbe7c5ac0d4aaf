import { asId, type Cursor, type Fix, type Position } from '@cordon/contract'
import type { Live } from '@cordon/live'
import type { KnownActivation } from './register/register.ts'

export interface Publisher {
  /** To be called after the commit only. Positions are conflated: the latest of each activation goes out with the next flush. */
  publish(kept: {
    readonly fixes: readonly { activation: KnownActivation; fix: Fix }[]
    readonly cursor: string | null
  }): void
  stop(): void
}

/** Positions wait at most this long; an operator sees 4 a second. A tag that sends faster costs the sockets nothing more. */
const FLUSH_MS = 250

export function createPublisher(live: Pick<Live, 'publishPositions' | 'publishIncidents'>): Publisher {
  const latest = new Map<string, { activation: KnownActivation; fix: Fix }>()
  const newest = new Map<string, number>()

  const flush = () => {
    if (latest.size === 0) return
    const items = [...latest.values()].map(({ activation, fix }) => toPosition(activation, fix))
    // When the broker is away the positions stay and are replaced by later ones: the map has one entry per activation at most.
    if (live.publishPositions({ items })) latest.clear()
  }
  const timer = setInterval(flush, FLUSH_MS)

  return {
    publish: ({ fixes, cursor }) => {
      for (const { activation, fix } of fixes) {
        if (fix.measuredAt < (newest.get(activation.id) ?? 0)) continue
        newest.set(activation.id, fix.measuredAt)
        latest.set(activation.id, { activation, fix })
      }
      if (cursor !== null) live.publishIncidents({ cursor: asId<Cursor>(cursor) })
    },
    stop: () => clearInterval(timer),
  }
}

function toPosition(activation: KnownActivation, fix: Fix): Position {
  return {
    wearerId: activation.wearerId,
    activationId: activation.id,
    time: new Date(fix.measuredAt).toISOString(),
    receivedAt: new Date(fix.receivedAt).toISOString(),
    lat: fix.lat,
    lon: fix.lon,
    accuracy: fix.accuracyM,
    source: fix.source,
    speed: fix.speedMps,
    heading: fix.headingDeg,
    battery: fix.battery,
  }
}
