import type { ChainTip } from '../chain/chain-tip.ts'
import { takeBack, WRITTEN_RELATIONS } from '../chain/chained-relations.ts'
import type { Queryable } from '../connection/store.ts'
import type { Replaced } from './batch.ts'
import { toInstant, toJsonRows } from './json-rows.ts'

const REPLACED = 'json_to_recordset($3) as replaced (activation_id bigint, "from" timestamptz)'
const { near_misses: NEAR_MISSES, set_aside: SET_ASIDE } = WRITTEN_RELATIONS

const DELETE_REPLACED = {
  name: 'delete-replaced',
  text: `
    with near as (
      delete from near_misses r using ${REPLACED}
       where r.activation_id = replaced.activation_id and began_at >= "from" returning r.*
    ), under_way as (
      delete from near_misses r
       using json_to_recordset($4) as near (activation_id bigint, condition_id bigint, "from" timestamptz)
       where (r.activation_id, r.condition_id, began_at) = (near.activation_id, near.condition_id, "from") returning r.*
    ), jumps as (
      delete from set_aside r using ${REPLACED}
       where r.activation_id = replaced.activation_id and measured_at >= "from" and reason = 'impossible-jump' returning r.*
    ), checkpoints as (
      delete from watch_checkpoints using ${REPLACED}
       where watch_checkpoints.activation_id = replaced.activation_id and at >= "from"
    )
    insert into chain_entries (chain_id, position, relation, key, activation_id, about, digest)
    ${takeBack(NEAR_MISSES, '(select * from near union select * from under_way) as r')}
    union all ${takeBack(SET_ASIDE, 'jumps as r')}
    order by 3, 4`,
}

/** A stretch that is judged again is told anew: what only the earlier judging saw there must not stay. */
export async function deleteReplaced(inside: Queryable, place: ChainTip, replaced: readonly Replaced[]): Promise<void> {
  const rows = replaced.map(({ activationId, from }) => ({ activation_id: activationId, from: toInstant(from) }))
  const near = replaced.flatMap(({ activationId, near: all }) =>
    all.map(({ conditionId, from }) => ({
      activation_id: activationId,
      condition_id: conditionId,
      from: toInstant(from),
    })),
  )
  await inside.execute(DELETE_REPLACED, [place.chainId, place.position, toJsonRows(rows), toJsonRows(near)])
}
