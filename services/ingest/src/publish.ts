import { asId, type Cursor, type Fix, type LivePosition } from '@cordon/contract'
import type { Live } from '@cordon/live'
import { createPace } from '@cordon/runtime'
import type { KnownActivation } from './register/register.ts'

interface Kept {
  readonly activation: KnownActivation
  readonly fix: Fix
}

export interface Publisher {
  /** To be called after the commit only. Positions are conflated: the latest of each activation goes out with the next flush. */
  publish(kept: { readonly fixes: readonly Kept[]; readonly cursor: string | null }): void
  stop(): void
}

/**
 * Positions go out at once when it was quiet, else 25 ms after the last ones, and less often when sending them would take more than
 * a twentieth of this thread: 600 positions cost 1 ms here and two at the gateway. At 25,000 tags with a fix each in a second that is
 * still 24 a second; the longest wait is the quarter of a second that every position waited for when this was a fixed rate.
 */
const PACE = { leastMs: 25, mostMs: 250, share: 0.05 }
/** After a flush that the broker did not take: what stays is replaced by later ones, the map has one entry per activation at most. */
const RETRY_MS = 250

export function createPublisher(live: Pick<Live, 'publishPositions' | 'publishIncidents'>): Publisher {
  const latest = new Map<string, Kept>()
  const newest = new Map<string, number>()
  let retry: NodeJS.Timeout | undefined

  const flush = () => {
    if (latest.size === 0) return
    if (live.publishPositions({ items: Array.from(latest.values(), toPosition) })) latest.clear()
    else retry = setTimeout(pace.ask, RETRY_MS)
  }
  const pace = createPace({ work: flush, ...PACE })

  return {
    publish: ({ fixes, cursor }) => {
      for (const kept of fixes) {
        const { activation, fix } = kept
        if (fix.measuredAt < (newest.get(activation.id) ?? 0)) continue
        newest.set(activation.id, fix.measuredAt)
        latest.set(activation.id, kept)
      }
      if (cursor !== null) live.publishIncidents({ cursor: asId<Cursor>(cursor) })
      if (latest.size > 0) pace.ask()
    },
    stop: () => {
      pace.stop()
      clearTimeout(retry)
    },
  }
}

function toPosition({ activation, fix }: Kept): LivePosition {
  return {
    wearerId: activation.wearerId,
    activationId: activation.id,
    measuredAt: fix.measuredAt,
    receivedAt: fix.receivedAt,
    lon: fix.lon,
    lat: fix.lat,
    accuracyM: fix.accuracyM,
    source: fix.source,
    speedMps: fix.speedMps,
    headingDeg: fix.headingDeg,
    battery: fix.battery,
  }
}
