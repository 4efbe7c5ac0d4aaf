import { asId, type Cursor } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export type ConfiguredEntity =
  | 'orders'
  | 'conditions'
  | 'zone_versions'
  | 'activations'
  | 'passes'
  | 'suspensions'
  | 'policies'
  | 'tags'
  | 'forwarders'

export interface ConfigurationChange {
  readonly cursor: Cursor
  /** The table that changed. */
  readonly entity: ConfiguredEntity
  /** orders, activations, suspensions: the wearer; conditions: the order; passes: the condition; zone_versions: the zone; policies: the version; else the row's own id. */
  readonly entityId: string
  readonly at: number
}

const READ_CHANGES = {
  name: 'read-configuration-changes',
  text: `
    select cursor, entity, entity_id as "entityId", at from configuration_changes
     where cursor > $1 order by cursor limit $2`,
}

/** Changes after the cursor in the order of their commit. Fewer than `limit`: there are no more now. */
export async function readConfigurationChanges(
  database: Queryable,
  since: Cursor,
  limit: number,
): Promise<readonly ConfigurationChange[]> {
  const rows = await database.query<ConfigurationChange & { readonly cursor: string }>(READ_CHANGES, [since, limit])
  return rows.map(row => ({ ...row, cursor: asId<Cursor>(row.cursor) }))
}
