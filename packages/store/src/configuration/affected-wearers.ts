import { asId, type WearerId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { ConfigurationChange, ConfiguredEntity } from './read-configuration-changes.ts'

const AFFECTED = {
  name: 'affected-wearers',
  text: `
    select unnest($1::bigint[]) as wearer_id
    union
    select wearer_id from orders where id = any($2::bigint[])
    union
    select wearer_id from conditions join orders on orders.id = order_id
     where conditions.id = any($3::bigint[]) or zone_id = any($4::bigint[])
    union
    select wearer_id from activations where tag_id = any($5::text[])`,
}

/** The wearers whose watch configuration is to be read again after these changes, each once. A policy is no part of it: see readPolicies. */
export async function affectedWearers(
  database: Queryable,
  changes: readonly ConfigurationChange[],
): Promise<readonly WearerId[]> {
  const rows = await database.query<{ wearer_id: string }>(AFFECTED, [
    [...idsOf(changes, 'orders'), ...idsOf(changes, 'activations'), ...idsOf(changes, 'suspensions')],
    idsOf(changes, 'conditions'),
    idsOf(changes, 'passes'),
    idsOf(changes, 'zone_versions'),
    idsOf(changes, 'tags'),
  ])
  return rows.map(row => asId<WearerId>(row.wearer_id))
}

function idsOf(changes: readonly ConfigurationChange[], entity: ConfiguredEntity): string[] {
  return [...new Set(changes.filter(change => change.entity === entity).map(change => change.entityId))]
}
