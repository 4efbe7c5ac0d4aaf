import type { ChainTip } from '../chain/chain-tip.ts'
import { WRITTEN_RELATIONS, writeAndEnter } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import type { ActivationEvent } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const INSERT_EVENTS = {
  name: 'insert-events',
  text: writeAndEnter(
    WRITTEN_RELATIONS.device_events,
    `
    insert into device_events (activation_id, measured_at, seq, type, received_at, battery)
    select * from json_to_recordset($3) as row
      (activation_id bigint, measured_at timestamptz, seq bigint, type text, received_at timestamptz, battery real)
    order by activation_id, measured_at, seq, type
    on conflict do nothing`,
  ),
}

export async function insertEvents(
  database: Queryable,
  place: ChainTip,
  events: readonly ActivationEvent[],
): Promise<void> {
  const rows = events.map(({ activationId, event }) => ({
    activation_id: activationId,
    measured_at: toInstant(event.measuredAt),
    seq: event.seq,
    type: event.type,
    received_at: toInstant(event.receivedAt),
    battery: event.battery,
  }))
  await database.execute(INSERT_EVENTS, [place.chainId, place.position, toJsonRows(rows)])
}
