import type { ZoneGeometry, ZoneId, ZoneKind } from '@cordon/contract'
import type { Queryable } from '@cordon/store'
import { insertRow } from './insert-row.ts'

export interface ZoneOverrides {
  readonly name?: string
  readonly kind?: ZoneKind
  readonly geometry?: ZoneGeometry
  readonly bufferM?: number
  /** Epoch milliseconds since when version 1 is valid. */
  readonly from?: number
}

/** An exclusion zone of 200 m round the middle of Northampton, valid since 2020, inserted with its first version. */
export function aZone(database: Queryable, overrides: ZoneOverrides = {}): Promise<ZoneId> {
  const { name = 'Town centre', kind = 'exclusion', bufferM = 0, from = Date.UTC(2020, 0, 1) } = overrides
  const geometry = overrides.geometry ?? { type: 'Circle', center: [-0.9027, 52.2405], radius: 200 }
  return insertRow<ZoneId>(
    database,
    `with zone as (insert into zones (kind) values ($1) returning id)
     insert into zone_versions (zone_id, version, name, geometry, buffer_m, valid_from, created_by)
     select id, 1, $2, $3, $4, $5, 'test' from zone returning zone_id as id`,
    [kind, name, JSON.stringify(geometry), bufferM, new Date(from)],
  )
}
