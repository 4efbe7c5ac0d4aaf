import type { Zone, ZoneKind } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { ZONE, type ZoneContent } from './zone-columns.ts'

const INSERT = {
  name: 'insert-zone',
  text: `with z as (insert into zones (kind) values ($1) returning *),
              v as (
                insert into zone_versions (zone_id, version, name, geometry, buffer_m, valid_from, created_by)
                select id, 1, $2, $3, $4, clock_timestamp(), $5 from z returning *
              )
         select ${ZONE} from z join v on v.zone_id = z.id`,
}

/** A zone with its first version. */
export async function insertZone(database: Queryable, kind: ZoneKind, zone: ZoneContent): Promise<Zone> {
  const { name, geometry, bufferM, by } = zone
  return onlyItem(await database.query(INSERT, [kind, name, JSON.stringify(geometry), bufferM, by]))
}
