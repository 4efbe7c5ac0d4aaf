import type { SetAside } from '@cordon/contract'
import type { ChainTip } from '../chain/chain-tip.ts'
import { WRITTEN_RELATIONS, writeAndEnter } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_SET_ASIDE = {
  name: 'insert-set-aside',
  text: writeAndEnter(
    WRITTEN_RELATIONS.set_aside,
    `
    insert into set_aside (activation_id, measured_at, seq, reason)
    select * from json_to_recordset($3) as row (activation_id bigint, measured_at timestamptz, seq bigint, reason text)
    order by activation_id, measured_at, seq, reason
    on conflict do nothing`,
  ),
}

export async function insertSetAside(
  database: Queryable,
  place: ChainTip,
  judgements: readonly SetAside[],
): Promise<void> {
  const rows = judgements.map(({ activationId, measuredAt, seq, reason }) => ({
    activation_id: activationId,
    measured_at: toInstant(measuredAt),
    seq,
    reason,
  }))
  await database.execute(INSERT_SET_ASIDE, [place.chainId, place.position, toJsonRows(rows)])
}
