import type { Zone } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { lockConfiguration } from './lock-configuration.ts'
import { ZONE, type ZoneContent } from './zone-columns.ts'

const NOW = { name: 'zone-version-now', text: 'select clock_timestamp()::text as now' }
const CLOSE = {
  name: 'close-zone-version',
  text: 'update zone_versions set valid_to = $2 where zone_id = $1 and valid_to is null returning version',
}
const INSERT = {
  name: 'insert-zone-version',
  text: `with v as (
           insert into zone_versions (zone_id, version, name, geometry, buffer_m, valid_from, created_by)
           values ($1, $2, $3, $4, $5, $6, $7) returning *
         )
         select ${ZONE} from v join zones z on z.id = v.zone_id`,
}

/**
 * Ends the current version and begins the next at the same instant, to the microsecond: no time without a version. To be called
 * in a transaction; the lock comes before the clock is read, or the later of two writers could end a version before its beginning.
 */
export async function replaceZone(inside: Queryable, id: string, zone: ZoneContent): Promise<Zone | undefined> {
  await lockConfiguration(inside)
  const [clock] = await inside.query<{ now: string }>(NOW)
  const [closed] = await inside.query<{ version: number }>(CLOSE, [id, clock?.now])
  if (closed === undefined) return undefined
  const { name, geometry, bufferM, by } = zone
  const values = [id, closed.version + 1, name, JSON.stringify(geometry), bufferM, clock?.now, by]
  return onlyItem(await inside.query(INSERT, values))
}
