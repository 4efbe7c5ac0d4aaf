import type { Queryable } from '../connection/store.ts'
import type { WatchStateWrite } from './batch.ts'
import { toInstantOrNull, toJsonRows } from './json-rows.ts'

const UPSERT_WATCH_STATES = {
  name: 'upsert-watch-states',
  text: `
    insert into watch_states (activation_id, judged_through, state)
    select * from json_to_recordset($1) as row (activation_id bigint, judged_through timestamptz, state jsonb)
    order by activation_id
    on conflict (activation_id) do update
      set judged_through = excluded.judged_through, state = excluded.state, written_at = now()
      where (watch_states.judged_through, watch_states.state) is distinct from (excluded.judged_through, excluded.state)`,
}

/** The last state of each activation stays. */
export async function upsertWatchStates(database: Queryable, states: readonly WatchStateWrite[]): Promise<void> {
  const lastOfActivation = new Map(states.map(state => [state.activationId, state]))
  const rows = [...lastOfActivation.values()].map(({ activationId, judgedThrough, state }) => ({
    activation_id: activationId,
    judged_through: toInstantOrNull(judgedThrough),
    state,
  }))
  await database.execute(UPSERT_WATCH_STATES, [toJsonRows(rows)])
}
