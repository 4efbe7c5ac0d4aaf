import type { ZoneGeometry } from '@cordon/contract'
import type { CompiledZone } from '@cordon/geofence'

/**
 * Zones as the engine needs them, each version compiled once however many conditions share it. A version never changes.
 *
 * What is large, and what was asked for twice within one reading of the register, is shared by all readings, as long as a condition in
 * the register holds it. To remember every zone so took 100 bytes each, which for 250,000 zones of one wearer each was 25 MB that nobody
 * ever asked for.
 */
export interface ZoneCache {
  get(key: string, geometry: ZoneGeometry, compile: () => CompiledZone): CompiledZone
  /** A reading is done. */
  forgetSmall(): void
}

/** Compiled, such a zone is a kilobyte and more. */
const MANY_VERTICES = 200

export function createZoneCache(): ZoneCache {
  const shared = new Map<string, WeakRef<CompiledZone>>()
  const small = new Map<string, CompiledZone>()
  const share = (key: string, zone: CompiledZone) => {
    small.delete(key)
    shared.set(key, new WeakRef(zone))
    return zone
  }
  return {
    get: (key, geometry, compile) => {
      const known = shared.get(key)?.deref()
      if (known !== undefined) return known
      const again = small.get(key)
      if (again !== undefined) return share(key, again)
      const zone = compile()
      if (positionsOf(geometry) >= MANY_VERTICES) return share(key, zone)
      small.set(key, zone)
      return zone
    },
    forgetSmall: () => small.clear(),
  }
}

function positionsOf(geometry: ZoneGeometry): number {
  switch (geometry.type) {
    case 'Circle':
      return 1
    case 'Polygon':
      return countPositions(geometry.coordinates)
    case 'MultiPolygon':
      return geometry.coordinates.reduce((sum, rings) => sum + countPositions(rings), 0)
  }
}

const countPositions = (rings: readonly (readonly unknown[])[]): number =>
  rings.reduce((sum, ring) => sum + ring.length, 0)
