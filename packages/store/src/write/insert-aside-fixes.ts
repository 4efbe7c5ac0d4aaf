import type { ChainTip } from '../chain/chain-tip.ts'
import { WRITTEN_RELATIONS, writeAndEnter } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import type { AsideFix } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_ASIDE_FIXES = {
  name: 'insert-aside-fixes',
  text: writeAndEnter(
    WRITTEN_RELATIONS.fixes_aside,
    `
    insert into fixes_aside (activation_id, measured_at, seq, received_at, reason, fix)
    select * from json_to_recordset($3) as row
      (activation_id bigint, measured_at timestamptz, seq bigint, received_at timestamptz, reason text, fix jsonb)
    order by activation_id, measured_at, seq
    on conflict do nothing`,
  ),
}

export async function insertAsideFixes(
  database: Queryable,
  place: ChainTip,
  aside: readonly AsideFix[],
): Promise<void> {
  const rows = aside.map(({ activationId, fix, reason }) => ({
    activation_id: activationId,
    measured_at: toInstant(fix.measuredAt),
    seq: fix.seq,
    received_at: toInstant(fix.receivedAt),
    reason,
    fix,
  }))
  await database.execute(INSERT_ASIDE_FIXES, [place.chainId, place.position, toJsonRows(rows)])
}
