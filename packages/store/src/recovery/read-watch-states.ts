import { type ActivationId, asId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface StoredWatchState {
  readonly activationId: ActivationId
  readonly judgedThrough: number | null
  /** As the engine gave it to `writeBatch`. */
  readonly state: unknown
}

const PAGE_SIZE = 1_000

const READ_STATES = {
  name: 'read-watch-states',
  text: `
    select activation_id, judged_through, state from watch_states
     where activation_id > $1 order by activation_id limit $2`,
}

interface Row {
  readonly activation_id: string
  readonly judged_through: number | null
  readonly state: unknown
}

/** All states by activation, a page at a time, so that memory holds one page beside what the caller keeps. */
export async function* readWatchStates(
  database: Queryable,
  pageSize: number = PAGE_SIZE,
): AsyncGenerator<readonly StoredWatchState[]> {
  for (let after = '-1'; ; ) {
    const rows = await database.query<Row>(READ_STATES, [after, pageSize])
    if (rows.length > 0) yield rows.map(toState)
    if (rows.length < pageSize) return
    after = rows.at(-1)?.activation_id ?? after
  }
}

function toState(row: Row): StoredWatchState {
  return {
    activationId: asId<ActivationId>(row.activation_id),
    judgedThrough: row.judged_through,
    state: row.state,
  }
}
