import type { Visit } from '@cordon/contract'
import type { ChainTip } from '../chain/chain-tip.ts'
import { WRITTEN_RELATIONS, writeAndEnter } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import { toInstant, toInstantOrNull, toJsonRows } from './json-rows.ts'

const UPSERT_VISITS = {
  name: 'upsert-visits',
  text: writeAndEnter(
    WRITTEN_RELATIONS.visits,
    `
    insert into visits as stored (visit_id, activation_id, condition_id, zone_id, began_at, ended_at, disproved, reason)
    select * from json_to_recordset($3) as row
      (visit_id text, activation_id bigint, condition_id bigint, zone_id bigint, began_at timestamptz, ended_at timestamptz,
       disproved boolean, reason jsonb)
     order by visit_id
    on conflict (visit_id) do update
      set began_at = excluded.began_at, ended_at = excluded.ended_at, disproved = excluded.disproved, reason = excluded.reason
      where (stored.began_at, stored.ended_at, stored.disproved, stored.reason)
        is distinct from (excluded.began_at, excluded.ended_at, excluded.disproved, excluded.reason)`,
  ),
}

/** What is said last of each visit stays. */
export async function upsertVisits(inside: Queryable, place: ChainTip, visits: readonly Visit[]): Promise<void> {
  const lastOfVisit = new Map(visits.map(visit => [visit.visitId, visit]))
  const rows = [...lastOfVisit.values()].map(visit => ({
    visit_id: visit.visitId,
    activation_id: visit.activationId,
    condition_id: visit.conditionId,
    zone_id: visit.zoneId,
    began_at: toInstant(visit.from),
    ended_at: toInstantOrNull(visit.to),
    disproved: visit.disproved,
    reason: visit.reason,
  }))
  await inside.execute(UPSERT_VISITS, [place.chainId, place.position, toJsonRows(rows)])
}
