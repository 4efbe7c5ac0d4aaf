import { instant } from '../paging/select.ts'

/** Of `zones z join zone_versions v on v.zone_id = z.id`. */
export const ZONE = `z.id, v.version, v.name, z.kind, v.geometry, v.buffer_m as buffer,
  ${instant('v.valid_from')} as "from", ${instant('v.valid_to')} as "to", v.created_by as "createdBy"`

export interface ZoneContent {
  readonly name: string
  readonly geometry: object
  readonly bufferM: number
  /** Account name. */
  readonly by: string
}
