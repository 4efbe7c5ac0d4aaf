import type { Live } from '@cordon/live'
import type { ReadyCheck } from '@cordon/runtime'
import { readIncidentCursor, type Store } from '@cordon/store'
import type { SystemState } from './system/system-state.ts'

export interface ReadyParts {
  readonly store: Store
  readonly live: Live
  readonly system: SystemState
}

/** What people's screens depend on. */
export const readyChecks = ({ store, live, system }: ReadyParts): Readonly<Record<string, ReadyCheck>> => ({
  database: async () => ({ ok: true, detail: `incident log at ${await readIncidentCursor(store)}` }),
  broker: () => (live.connected() ? { ok: true, detail: 'connected' } : { ok: false, detail: 'not connected' }),
  // The log is read every second: what people see is as old as the last time that it was read to its end.
  'incident feed': () => {
    const { state, since, detail } = system.feeds().database
    return state === 'up'
      ? { ok: true, detail: `up since ${since}` }
      : { ok: false, detail: `${detail} (since ${since})` }
  },
  // A gateway serves what there is while ingest is away, so its absence is told and does not make this one unready.
  lag: () => {
    const lag = system.lagSeconds()
    return { ok: true, detail: lag === null ? 'no ingest is heard' : `lag ${lag} s` }
  },
  sight: () => ({
    ok: true,
    detail:
      system
        .findings()
        .map(({ detail }) => detail)
        .join('; ') || 'nothing is wrong',
  }),
})
