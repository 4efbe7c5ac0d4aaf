import type { NearMiss } from '@cordon/contract'
import type { ChainTip } from '../chain/chain-tip.ts'
import { WRITTEN_RELATIONS, writeAndEnter } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

/** A near miss that is said again with a later end is the same one, longer. */
const UPSERT_NEAR_MISSES = {
  name: 'upsert-near-misses',
  text: writeAndEnter(
    WRITTEN_RELATIONS.near_misses,
    `
    insert into near_misses (activation_id, condition_id, zone_id, began_at, ended_at, detail)
    select distinct on (activation_id, condition_id, began_at) *
      from json_to_recordset($3) as row
        (activation_id bigint, condition_id bigint, zone_id bigint, began_at timestamptz, ended_at timestamptz, detail jsonb)
     order by activation_id, condition_id, began_at, ended_at desc
    on conflict (activation_id, condition_id, began_at) do update set ended_at = excluded.ended_at, detail = excluded.detail
      where near_misses.ended_at < excluded.ended_at`,
  ),
}

export async function upsertNearMisses(
  database: Queryable,
  place: ChainTip,
  nearMisses: readonly NearMiss[],
): Promise<void> {
  const rows = nearMisses.map(({ type: _type, activationId, conditionId, zoneId, from, to, ...detail }) => ({
    activation_id: activationId,
    condition_id: conditionId,
    zone_id: zoneId,
    began_at: toInstant(from),
    ended_at: toInstant(to),
    detail,
  }))
  await database.execute(UPSERT_NEAR_MISSES, [place.chainId, place.position, toJsonRows(rows)])
}
