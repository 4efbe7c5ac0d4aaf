import type { FeedState } from '@cordon/contract'
import type { LiveState } from '../live/live-store.ts'

/**
 * Banners appear within 15 s of the fault (requirement R18). The gateway says something every 5 s, so 12 s of nothing is no delay of the
 * network; and ingest may be behind by 15 s.
 */
const silenceLimitMs = 12_000
const lagLimitSeconds = 15

export type Alarm = {
  readonly id: string
  readonly level: 'danger' | 'warning'
  readonly text: string
  /** Since when, epoch milliseconds of the server's clock; undefined when only the amount is known. */
  readonly sinceMs: number | undefined
}

const feedNames: Readonly<Record<string, string>> = {
  broker: 'Message broker',
  database: 'Database',
  ingest: 'Ingest',
  fixes: 'The tags’ feed',
  tags: 'A tag',
  clocks: 'A clock',
}
/** A clock is neither late nor down, and a tag that sends too much is neither. */
const feedWords: Readonly<Record<string, string>> = { clocks: 'is wrong', tags: 'has gone mad' }

/** Everything that is wrong with the system itself, worst first. Pure: `nowMs` is the server's clock. */
export function readAlarms(state: LiveState, lastMessageAtMs: number, nowMs: number): readonly Alarm[] {
  const link = linkAlarm(state, lastMessageAtMs, nowMs)
  return [
    ...(link ? [link] : []),
    ...provisionalAlarm(state),
    ...feedAlarms(state),
    ...lagAlarm(state),
    ...errorAlarm(state),
  ]
}

/** Whether the screen shows the past: then the map must not look alive. */
export function isNotLive(alarms: readonly Alarm[]): boolean {
  return alarms.some(({ id }) => id === 'socket' || id === 'silence')
}

function linkAlarm({ connection }: LiveState, lastMessageAtMs: number, nowMs: number): Alarm | undefined {
  if (connection.state === 'down') {
    return {
      id: 'socket',
      level: 'danger',
      text: 'Not connected: what you see is not live. Retrying',
      sinceMs: connection.sinceMs,
    }
  }
  if (nowMs - lastMessageAtMs < silenceLimitMs) return undefined
  return {
    id: 'silence',
    level: 'danger',
    text: 'No data from the server: what you see is not live',
    sinceMs: lastMessageAtMs,
  }
}

function provisionalAlarm({ provisional: { items, leftOut } }: LiveState): Alarm[] {
  const count = items.length + leftOut
  if (count === 0) return []
  const breaches = count === 1 ? '1 critical breach is' : `${count} critical breaches are`
  const more = leftOut === 0 ? '' : ` (${leftOut} not listed)`
  const text = `NOT YET RECORDED: ${breaches} known and not on record${more}. They stand above the queue`
  const sinceMs = Math.min(...items.map(({ notRecordedSince }) => Date.parse(notRecordedSince)))
  return [{ id: 'provisional', level: 'danger', text, sinceMs: Number.isFinite(sinceMs) ? sinceMs : undefined }]
}

function feedAlarms({ system }: LiveState): Alarm[] {
  return Object.entries(system?.feeds ?? {}).flatMap(([name, feed]) => {
    const level = feedLevel(feed)
    if (level === undefined) return []
    const detail = feed.detail === undefined ? '' : `: ${feed.detail}`
    const text = `${feedNames[name] ?? name} ${feedWords[name] ?? (feed.state === 'down' ? 'is down' : 'is late')}${detail}`
    return [{ id: `feed-${name}`, level, text, sinceMs: Date.parse(feed.since) }]
  })
}

function feedLevel({ state }: FeedState): Alarm['level'] | undefined {
  if (state === 'up') return undefined
  return state === 'down' ? 'danger' : 'warning'
}

function lagAlarm({ system }: LiveState): Alarm[] {
  const lagSeconds = system?.ingestLagSeconds ?? 0
  if (lagSeconds < lagLimitSeconds) return []
  const text = `Positions are judged ${Math.round(lagSeconds)} s late`
  return [{ id: 'lag', level: 'danger', text, sinceMs: undefined }]
}

function errorAlarm({ streamError }: LiveState): Alarm[] {
  if (streamError === undefined) return []
  return [{ id: 'stream', level: 'warning', text: `The live stream reports: ${streamError}`, sinceMs: undefined }]
}
