import type { Queryable } from '../connection/store.ts'
import type { CheckpointWrite } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const UPSERT_CHECKPOINTS = {
  name: 'upsert-checkpoints',
  text: `
    insert into watch_checkpoints (activation_id, at, timeline)
    select * from json_to_recordset($1) as row (activation_id bigint, at timestamptz, timeline jsonb)
    order by activation_id, at
    on conflict (activation_id, at) do update set timeline = excluded.timeline
      where watch_checkpoints.timeline is distinct from excluded.timeline`,
}

/** The last one of each activation and moment stays. */
export async function upsertCheckpoints(inside: Queryable, checkpoints: readonly CheckpointWrite[]): Promise<void> {
  const lastOfMoment = new Map(
    checkpoints.map(checkpoint => [`${checkpoint.activationId}/${checkpoint.at}`, checkpoint]),
  )
  const rows = [...lastOfMoment.values()].map(({ activationId, at, timeline }) => ({
    activation_id: activationId,
    at: toInstant(at),
    timeline,
  }))
  await inside.execute(UPSERT_CHECKPOINTS, [toJsonRows(rows)])
}
