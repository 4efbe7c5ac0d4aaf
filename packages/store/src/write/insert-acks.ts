import type { Queryable } from '../connection/store.ts'
import type { AckOfTag } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_ACKS = {
  name: 'insert-acks',
  text: `
    insert into command_acks (tag_id, command_id, measured_at, received_at, result, detail)
    select * from json_to_recordset($1) as row
      (tag_id text, command_id text, measured_at timestamptz, received_at timestamptz, result text, detail text)
    order by tag_id, command_id, measured_at
    on conflict do nothing`,
}

export async function insertAcks(database: Queryable, acks: readonly AckOfTag[]): Promise<void> {
  const rows = acks.map(({ tagId, ack }) => ({
    tag_id: tagId,
    command_id: ack.commandId,
    measured_at: toInstant(ack.measuredAt),
    received_at: toInstant(ack.receivedAt),
    result: ack.result,
    detail: ack.detail,
  }))
  await database.execute(INSERT_ACKS, [toJsonRows(rows)])
}
