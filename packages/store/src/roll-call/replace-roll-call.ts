import {
  type ActivationId,
  type OrderId,
  ROLL_CALL_PROBLEMS,
  type RollCallProblem,
  type TagId,
  type WearerId,
} from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { toInstantOrNull, toJsonRows } from '../write/json-rows.ts'

/** One finding. It is about the order where there is one, else about the activation. */
export interface RollCallEntry {
  readonly problem: RollCallProblem
  readonly wearerId: WearerId
  readonly orderId: OrderId | null
  readonly activationId: ActivationId | null
  readonly tagId: TagId | null
  /** Epoch milliseconds. */
  readonly since: number | null
  readonly reason: string | null
}

// A roll-call that was held before the one on record, and was long on its way, changes nothing. What stays as it was is not written.
const REPLACE = {
  name: 'replace-roll-call',
  text: `
    with held as (
      insert into roll_call_held as known (at) values ($2)
      on conflict (only_row) do update set at = excluded.at where known.at <= excluded.at
      returning at
    ), said as (
      select * from json_to_recordset($1) as row
        (rank smallint, subject_id bigint, problem text, wearer_id bigint, order_id bigint, activation_id bigint, tag_id text,
         since timestamptz, reason text)
    ), gone as (
      delete from roll_call using held
       where not exists (select from said where (said.rank, said.subject_id) = (roll_call.rank, roll_call.subject_id))
    )
    insert into roll_call as known (rank, subject_id, problem, wearer_id, order_id, activation_id, tag_id, since, reason)
    select said.* from said, held order by rank, subject_id
    on conflict (rank, subject_id) do update
      set problem = excluded.problem, wearer_id = excluded.wearer_id, order_id = excluded.order_id,
          activation_id = excluded.activation_id, tag_id = excluded.tag_id, since = excluded.since, reason = excluded.reason
      where (known.problem, known.wearer_id, known.order_id, known.activation_id, known.tag_id, known.since, known.reason)
        is distinct from
        (excluded.problem, excluded.wearer_id, excluded.order_id, excluded.activation_id, excluded.tag_id, excluded.since, excluded.reason)`,
}

/** What the roll-call held at `at` has found, in place of all that was found before. */
export async function replaceRollCall(
  database: Queryable,
  entries: readonly RollCallEntry[],
  at: number,
): Promise<void> {
  await database.execute(REPLACE, [toJsonRows(entries.map(toRow)), new Date(at)])
}

function toRow({ problem, wearerId, orderId, activationId, tagId, since, reason }: RollCallEntry): object {
  const subject = orderId ?? activationId
  if (subject === null) throw new TypeError(`a roll-call's ${problem} is about neither an order nor an activation`)
  return {
    rank: ROLL_CALL_PROBLEMS.indexOf(problem),
    subject_id: subject,
    problem,
    wearer_id: wearerId,
    order_id: orderId,
    activation_id: activationId,
    tag_id: tagId,
    since: toInstantOrNull(since),
    reason,
  }
}
