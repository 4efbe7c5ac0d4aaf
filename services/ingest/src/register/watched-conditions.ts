import type { ZoneId } from '@cordon/contract'
import { type CompiledZone, compileZone } from '@cordon/geofence'
import type { WatchedCondition as StoredCondition, WatchedZone, WatchedZoneVersion } from '@cordon/store'
import type { WatchedCondition } from '@cordon/watch'

/** Zones as the engine needs them, each version compiled once however many conditions share it. A version never changes. */
export type ZoneCache = Map<string, CompiledZone>

/** Why a stored condition is watched by nobody. The gateway refuses such conditions; finding one is a fault to be shown. */
export type Unwatched = 'hours' | 'zone-kind' | 'zone-missing'

/** One stored condition as the engine watches it: once for each version of its zone that holds while the condition does. */
export function toWatched(
  condition: StoredCondition,
  zones: ReadonlyMap<ZoneId, WatchedZone>,
  cache: ZoneCache,
): readonly WatchedCondition[] | Unwatched {
  const zone = zones.get(condition.zoneId)
  if (zone === undefined) return 'zone-missing'
  const { kind } = zone
  if (kind !== 'exclusion' && kind !== 'restriction') return 'zone-kind'
  if (condition.hours !== null) return 'hours'
  return zone.versions.flatMap((version, index) => {
    // The first version counts for all time before the second: the condition says since when it holds.
    const from = index === 0 ? condition.from : Math.max(condition.from, version.from)
    const to = earlier(condition.to, version.to)
    if (to !== null && to <= from) return []
    return [
      {
        conditionId: condition.conditionId,
        zoneId: condition.zoneId,
        zoneVersion: version.version,
        kind,
        from,
        to,
        passes: condition.passes,
        zone: compiled(condition.zoneId, version, cache),
        bufferM: version.bufferM,
      },
    ]
  })
}

function compiled(zoneId: ZoneId, { version, geometry, bufferM }: WatchedZoneVersion, cache: ZoneCache): CompiledZone {
  const key = `${zoneId}/${version}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const zone = compileZone(geometry, { bufferM })
  cache.set(key, zone)
  return zone
}

const earlier = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))
