import { type ActivationId, asId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface CheckpointQuestion {
  readonly activationId: ActivationId
  /** Epoch milliseconds: the checkpoint has to be older. */
  readonly before: number
}

export interface StoredCheckpoint {
  readonly activationId: ActivationId
  readonly at: number
  /** As the engine gave it to `writeBatch`. */
  readonly timeline: unknown
}

const READ_CHECKPOINTS = {
  name: 'read-checkpoints',
  text: `
    select checkpoint.*
      from unnest($1::bigint[], $2::timestamptz[]) as asked (activation_id, before)
     cross join lateral (
       select activation_id, at, timeline from watch_checkpoints
        where activation_id = asked.activation_id and at < asked.before order by at desc limit 1
     ) checkpoint`,
}

interface Row {
  readonly activation_id: string
  readonly at: number
  readonly timeline: unknown
}

/** The newest checkpoint of each activation before the time asked for. Those that have none are not in the answer. */
export async function readCheckpoints(
  database: Queryable,
  asked: readonly CheckpointQuestion[],
): Promise<readonly StoredCheckpoint[]> {
  const rows = await database.query<Row>(READ_CHECKPOINTS, [
    asked.map(({ activationId }) => activationId),
    asked.map(({ before }) => new Date(before)),
  ])
  return rows.map(({ activation_id, at, timeline }) => ({ activationId: asId(activation_id), at, timeline }))
}
