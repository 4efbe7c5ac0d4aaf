import type { Queryable } from '../connection/store.ts'
import type { Replaced } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const REPLACED = 'json_to_recordset($1) as replaced (activation_id bigint, "from" timestamptz)'

const DELETE_REPLACED = {
  name: 'delete-replaced',
  text: `
    with near as (
      delete from near_misses using ${REPLACED}
       where near_misses.activation_id = replaced.activation_id and began_at >= "from"
    ), under_way as (
      delete from near_misses
       using json_to_recordset($2) as near (activation_id bigint, condition_id bigint, "from" timestamptz)
       where (near_misses.activation_id, near_misses.condition_id, began_at) = (near.activation_id, near.condition_id, "from")
    ), jumps as (
      delete from set_aside using ${REPLACED}
       where set_aside.activation_id = replaced.activation_id and measured_at >= "from" and reason = 'impossible-jump'
    )
    delete from watch_checkpoints using ${REPLACED}
     where watch_checkpoints.activation_id = replaced.activation_id and at >= "from"`,
}

/** A stretch that is judged again is told anew: what only the earlier judging saw there must not stay. */
export async function deleteReplaced(inside: Queryable, replaced: readonly Replaced[]): Promise<void> {
  const rows = replaced.map(({ activationId, from }) => ({ activation_id: activationId, from: toInstant(from) }))
  const near = replaced.flatMap(({ activationId, near: all }) =>
    all.map(({ conditionId, from }) => ({
      activation_id: activationId,
      condition_id: conditionId,
      from: toInstant(from),
    })),
  )
  await inside.execute(DELETE_REPLACED, [toJsonRows(rows), toJsonRows(near)])
}
