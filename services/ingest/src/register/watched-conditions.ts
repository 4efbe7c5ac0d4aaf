import type { ZoneId } from '@cordon/contract'
import { type CompiledZone, compileZone } from '@cordon/geofence'
import { type CompiledHours, compileHours } from '@cordon/hours'
import { toError } from '@cordon/runtime'
import type { WatchedCondition as StoredCondition, WatchedZone, WatchedZoneVersion } from '@cordon/store'
import type { Pass, WatchedCondition } from '@cordon/watch'
import type { ZoneCache } from './zone-cache.ts'

/** Why a stored condition is watched by nobody. The gateway refuses such conditions; finding one is a fault to be shown. */
export type WhyUnwatched = 'zone-missing' | 'unusable'

type Result =
  | { readonly watched: readonly WatchedCondition[] }
  | { readonly unwatched: WhyUnwatched; readonly cause?: Error }

/** One stored condition as the engine watches it: once for each version of its zone that holds while the condition does. */
export function toWatched(
  condition: StoredCondition,
  zones: ReadonlyMap<ZoneId, WatchedZone>,
  cache: ZoneCache,
): Result {
  const zone = zones.get(condition.zoneId)
  if (zone === undefined) return { unwatched: 'zone-missing' }
  try {
    const hours = condition.hours === null ? null : compileHours(condition.hours)
    const passes = condition.passes.length === 0 ? NO_PASSES : condition.passes.map(toPass)
    const parts = { zone, hours, passes, cache }
    return { watched: zone.versions.flatMap((_, index) => watchVersion(condition, index, parts)) }
  } catch (cause) {
    // One zone, or hours, that cannot be compiled must not leave all other wearers unwatched.
    return { unwatched: 'unusable', cause: toError(cause) }
  }
}

/** Most conditions have none: one list for all of them. */
const NO_PASSES: readonly Pass[] = []

const toPass = ({ from, to, corridor }: StoredCondition['passes'][number]): Pass => ({
  from,
  to,
  corridor: corridor === null ? null : compileZone(corridor),
})

interface VersionParts {
  readonly zone: WatchedZone
  readonly hours: CompiledHours | null
  readonly passes: readonly Pass[]
  readonly cache: ZoneCache
}

function watchVersion(
  { conditionId, zoneId, from: since, to: until, priority }: StoredCondition,
  index: number,
  { zone, hours, passes, cache }: VersionParts,
): readonly WatchedCondition[] {
  const version = zone.versions[index]
  if (version === undefined) return []
  // The first version counts for all time before the second: the condition says since when it holds.
  const from = index === 0 ? since : Math.max(since, version.from)
  const to = earlier(until, version.to)
  if (to !== null && to <= from) return []
  const compiledZone = compiled(zoneId, version, cache)
  const { version: zoneVersion, bufferM } = version
  const { kind } = zone
  return [{ conditionId, zoneId, zoneVersion, kind, priority, from, to, hours, passes, zone: compiledZone, bufferM }]
}

function compiled(zoneId: ZoneId, { version, geometry, bufferM }: WatchedZoneVersion, cache: ZoneCache): CompiledZone {
  return cache.get(`${zoneId}/${version}`, geometry, () => compileZone(geometry, { bufferM }))
}

const earlier = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b))
