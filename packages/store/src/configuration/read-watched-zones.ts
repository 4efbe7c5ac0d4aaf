import { asId, type ZoneGeometry, type ZoneId, type ZoneKind } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { WatchedZone, WatchedZoneVersion } from './watch-configuration.ts'

const READ_ZONES = {
  name: 'read-watched-zones',
  text: `
    select zone_id, kind, name, version, geometry, buffer_m, valid_from, valid_to
      from zone_versions join zones on zones.id = zone_id
     where zone_id in (
       select condition.zone_id from conditions condition join orders on orders.id = order_id
        where $1::bigint[] is null or wearer_id = any($1)
     )
     order by zone_id, version`,
}

interface Row {
  readonly zone_id: string
  readonly kind: ZoneKind
  readonly name: string
  readonly version: number
  readonly geometry: ZoneGeometry
  readonly buffer_m: number
  readonly valid_from: number
  readonly valid_to: number | null
}

/** Every zone that a condition of these wearers stands on, with all its versions. */
export async function readWatchedZones(
  inside: Queryable,
  wearerIds: readonly string[] | null,
): Promise<ReadonlyMap<ZoneId, WatchedZone>> {
  const zones = new Map<ZoneId, WatchedZone>()
  for (const row of await inside.query<Row>(READ_ZONES, [wearerIds])) {
    const zoneId = asId<ZoneId>(row.zone_id)
    const versions = [...(zones.get(zoneId)?.versions ?? []), toVersion(row)]
    // of its newest version, which comes last
    zones.set(zoneId, { zoneId, kind: row.kind, name: row.name, versions })
  }
  return zones
}

function toVersion(row: Row): WatchedZoneVersion {
  return {
    version: row.version,
    geometry: row.geometry,
    bufferM: row.buffer_m,
    from: row.valid_from,
    to: row.valid_to,
  }
}
