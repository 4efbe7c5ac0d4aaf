import type { SetAside } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_SET_ASIDE = {
  name: 'insert-set-aside',
  text: `
    insert into set_aside (activation_id, measured_at, seq, reason)
    select * from json_to_recordset($1) as row (activation_id bigint, measured_at timestamptz, seq bigint, reason text)
    order by activation_id, measured_at, seq, reason
    on conflict do nothing`,
}

export async function insertSetAside(database: Queryable, judgements: readonly SetAside[]): Promise<void> {
  const rows = judgements.map(({ activationId, measuredAt, seq, reason }) => ({
    activation_id: activationId,
    measured_at: toInstant(measuredAt),
    seq,
    reason,
  }))
  await database.execute(INSERT_SET_ASIDE, [toJsonRows(rows)])
}
