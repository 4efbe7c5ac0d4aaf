import type {
  Incident,
  LivePosition,
  Position,
  ProvisionalAlert,
  ProvisionalState,
  ServerMessage,
  SystemMessage,
} from '@cordon/contract'
import {
  applyIncident,
  applySnapshot,
  emptyBook,
  type IncidentBook,
  rememberIncident,
} from '../incidents/incident-book.ts'
import { isLateAndOver } from '../incidents/late-groups.ts'
import { statusesOf } from '../incidents/wearer-status.ts'
import { createTagTable, type TagPosition, type TagTable } from '../map/tag-table.ts'
import { isRefusedCursor } from './stream-client.ts'

type Connection = { readonly state: 'connecting' | 'live' | 'down'; readonly sinceMs: number }

/** What React sees. Positions are not in it: they live in the tag table, which the map reads by itself. */
export type LiveState = {
  readonly connection: Connection
  readonly book: IncidentBook
  readonly system: SystemMessage | undefined
  /** The last critical incident raised on the stream that was not late and over, to be announced. */
  readonly lastCritical: Incident | undefined
  /** Critical breaches that are not on record yet. */
  readonly provisional: ProvisionalState
  /** The last of them that came, to be announced. */
  readonly lastProvisional: ProvisionalAlert | undefined
  readonly streamError: string | undefined
}

export type LiveStore = ReturnType<typeof createLiveStore>

/** The one place that the stream writes to. `now` is the local clock; `nowMs` of the store is the server's. */
export function createLiveStore(now: () => number) {
  const tags: TagTable = createTagTable()
  const listeners = new Set<() => void>()
  let clockOffsetMs = 0
  let lastHeardMs = now()
  let state: LiveState = {
    connection: { state: 'connecting', sinceMs: now() },
    book: emptyBook,
    system: undefined,
    lastCritical: undefined,
    provisional: { items: [], leftOut: 0 },
    lastProvisional: undefined,
    streamError: undefined,
  }

  const nowMs = () => now() + clockOffsetMs

  function update(change: Partial<LiveState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  /** The screen's clock follows the server's: on a PC whose clock is wrong a stale position would look live. */
  function followClock(serverTime: string): void {
    const offsetMs = Date.parse(serverTime) - now()
    if (Math.abs(offsetMs - clockOffsetMs) > 1_000) clockOffsetMs = offsetMs
  }

  function refreshTags(): void {
    tags.refreshLooks(statusesOf(state.book.byId.values(), state.provisional.items), nowMs())
  }

  function putPositions(positions: readonly Position[]): void {
    for (const position of positions) tags.upsert(toTagPosition(position))
  }

  /** Straight into the table: React hears of no position. */
  function receivePositions(positions: readonly LivePosition[]): void {
    lastHeardMs = now()
    const known = tags.size()
    for (const position of positions) tags.upsert(fromFrame(position))
    if (tags.size() > known) refreshTags()
  }

  function receive(message: ServerMessage): void {
    lastHeardMs = now()
    switch (message.type) {
      case 'hello':
        followClock(message.serverTime)
        return
      case 'snapshot':
        if (message.complete) tags.clear()
        putPositions(message.positions)
        update({
          book: applySnapshot(state.book, message),
          connection: { state: 'live', sinceMs: nowMs() },
          streamError: undefined,
          ...withProvisional(state, message.provisional),
        })
        refreshTags()
        return
      case 'positions':
        putPositions(message.items)
        return
      case 'incident':
        update({
          book: applyIncident(state.book, message),
          ...(isCriticalRaise(message) && { lastCritical: message.incident }),
        })
        refreshTags()
        return
      case 'provisional':
        update(withProvisional(state, message))
        refreshTags()
        return
      case 'system':
        followClock(message.serverTime)
        update({ system: message })
        return
      case 'error':
        update(
          isRefusedCursor(message) ? { book: { ...state.book, cursor: undefined } } : { streamError: message.detail },
        )
        return
      case 'ping':
        return
    }
  }

  return {
    tags,
    receive,
    receivePositions,
    refreshTags,
    nowMs,
    /** On the server's clock, like `nowMs`. */
    lastMessageAtMs: () => lastHeardMs + clockOffsetMs,
    remember: (incident: Incident) => update({ book: rememberIncident(state.book, incident) }),
    markDown: () => {
      if (state.connection.state !== 'down') update({ connection: { state: 'down', sinceMs: nowMs() } })
    },
    getState: () => state,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function withProvisional(
  { provisional, lastProvisional }: LiveState,
  { items, leftOut }: ProvisionalState,
): Pick<LiveState, 'provisional' | 'lastProvisional'> {
  const known = new Set(provisional.items.map(({ episodeId }) => episodeId))
  const fresh = items.find(({ episodeId }) => !known.has(episodeId))
  return {
    provisional: { items, leftOut },
    lastProvisional: items.length === 0 ? undefined : (fresh ?? lastProvisional),
  }
}

/** Not what came late and is over: of hundreds read out at once after an outage nothing would be understood. The summary counts them. */
function isCriticalRaise(message: Extract<ServerMessage, { type: 'incident' }>): boolean {
  const { change, incident } = message
  return change === 'raised' && incident.severity === 'critical' && !isLateAndOver(incident)
}

function toTagPosition(position: Position): TagPosition {
  return {
    activationId: position.activationId,
    wearerId: position.wearerId,
    measuredAtMs: Date.parse(position.time),
    lat: position.lat,
    lon: position.lon,
    accuracyM: position.accuracy ?? undefined,
    batteryPercent: position.battery ?? undefined,
    source: position.source,
  }
}

function fromFrame(position: LivePosition): TagPosition {
  return {
    activationId: position.activationId,
    wearerId: position.wearerId,
    measuredAtMs: position.measuredAt,
    lat: position.lat,
    lon: position.lon,
    accuracyM: position.accuracyM ?? undefined,
    batteryPercent: position.battery ?? undefined,
    source: position.source,
  }
}
