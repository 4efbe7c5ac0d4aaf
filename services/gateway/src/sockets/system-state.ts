import type { FeedState, LiveSystem, SystemMessage } from '@cordon/contract'
import type { Clock } from '@cordon/runtime'

export type FeedName = 'broker' | 'database' | 'ingest'

export interface Judged {
  readonly state: FeedState['state']
  readonly detail?: string
}

/** How the way of a fix is doing, as an operator must know it. */
export interface SystemState {
  broker(isUp: boolean): void
  database(isUp: boolean): void
  /** A heartbeat of an ingest. */
  readonly heard: (heartbeat: LiveSystem) => void
  /** Judges the heartbeats again; true when a feed has changed its state since the last call. */
  refresh(): boolean
  /** Of the slowest ingest; null while none has been heard lately. */
  lagSeconds(): number | null
  message(tags: { readonly reporting: number; readonly expected: number }): SystemMessage
}

/** Heartbeats come every second. Three missing is late; ten, and it is gone. */
const LATE_MS = 3_000
const DOWN_MS = 10_000
/** Seconds from received to committed above which positions and alerts are late. */
const LATE_LAG_SECONDS = 5
/** An ingest that was stopped for good is forgotten. */
const FORGET_MS = 60_000

export function createSystemState(clock: Clock): SystemState {
  const started = new Date(clock.now()).toISOString()
  const feeds: Record<FeedName, FeedState> = {
    broker: { state: 'down', since: started },
    database: { state: 'up', since: started },
    ingest: { state: 'down', since: started, detail: 'no ingest has been heard' },
  }
  const heartbeats = new Map<string, { readonly heartbeat: LiveSystem; readonly at: number }>()
  let hasChanged = false

  const judge = (name: FeedName, { state, detail }: Judged): void => {
    const before = feeds[name]
    const since = before.state === state ? before.since : new Date(clock.now()).toISOString()
    hasChanged ||= before.state !== state
    feeds[name] = { state, since, ...(detail === undefined ? {} : { detail }) }
  }
  const alive = () => [...heartbeats.values()].filter(({ at }) => clock.now() - at <= DOWN_MS)
  const lagSeconds = () => {
    const lags = alive().map(({ heartbeat }) => heartbeat.lagSeconds)
    return lags.length === 0 ? null : Math.max(...lags)
  }

  return {
    broker: isUp => judge('broker', { state: isUp ? 'up' : 'down' }),
    database: isUp => judge('database', { state: isUp ? 'up' : 'down' }),
    heard: heartbeat => {
      heartbeats.set(heartbeat.ingest, { heartbeat, at: clock.now() })
    },
    refresh: () => {
      for (const [name, { at }] of heartbeats) if (clock.now() - at > FORGET_MS) heartbeats.delete(name)
      judge('ingest', judgeIngests([...heartbeats.values()], clock.now()))
      const changed = hasChanged
      hasChanged = false
      return changed
    },
    lagSeconds,
    message: ({ reporting, expected }) => ({
      type: 'system',
      serverTime: new Date(clock.now()).toISOString(),
      ingestLagSeconds: lagSeconds(),
      fixesPerSecond:
        alive().length === 0 ? null : alive().reduce((sum, { heartbeat }) => sum + heartbeat.fixesPerSecond, 0),
      tagsReporting: reporting,
      tagsExpected: expected,
      feeds: { ...feeds },
    }),
  }
}

type Heard = { readonly heartbeat: LiveSystem; readonly at: number }

/** As bad as the worst of them: each has tags that no other one serves. */
function judgeIngests(heard: readonly Heard[], now: number): Judged {
  if (heard.length === 0) return { state: 'down', detail: 'no ingest has been heard' }
  const gone = heard.find(({ at, heartbeat }) => now - at > DOWN_MS || !heartbeat.database)
  if (gone !== undefined) {
    const reason = gone.heartbeat.database ? 'is silent' : 'has no database'
    return { state: 'down', detail: `${gone.heartbeat.ingest} ${reason}` }
  }
  const late = heard.find(({ at, heartbeat }) => now - at > LATE_MS || heartbeat.lagSeconds > LATE_LAG_SECONDS)
  return late === undefined ? { state: 'up' } : { state: 'late', detail: `${late.heartbeat.ingest} is behind` }
}
