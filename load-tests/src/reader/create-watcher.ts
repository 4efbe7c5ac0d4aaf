import type { ServerMessage } from '@cordon/contract'
import { createLatencies } from '../report/latencies.ts'
import type { ReaderReport, Told } from './messages.ts'

/** Measures and remembers what one client is told. */
export interface Watcher {
  take(message: ServerMessage, since: string | undefined, now: number): void
  measure(from: number, to: number): void
  cursor(): string | undefined
  report(): Pick<ReaderReport, 'positions' | 'incidents' | 'told' | 'cursor' | 'faults'>
}

export function createWatcher(): Watcher {
  const positions = createLatencies()
  const incidents = createLatencies()
  const told: Told[] = []
  const faults: string[] = []
  let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  let cursor: string | undefined
  const isMeasured = (at: number) => at >= window.from && at < window.to

  const takeSnapshot = (snapshot: Extract<ServerMessage, { type: 'snapshot' }>, since: string | undefined) => {
    cursor = snapshot.cursor
    const incidentIds = snapshot.incidents.map(({ id }) => id)
    if (since !== undefined && snapshot.complete)
      faults.push(`the client asked for what came after ${since} and got everything`)
    told.push({ type: 'resumed', since: since ?? '0', cursor: snapshot.cursor, incidentIds })
  }
  const takeIncident = (
    { incident, change, cursor: at }: Extract<ServerMessage, { type: 'incident' }>,
    now: number,
  ) => {
    cursor = at
    told.push({ type: 'change', cursor: at, incidentId: incident.id, change })
    const happenedAt = Date.parse(incident.happenedAt)
    if (change === 'raised' && isMeasured(happenedAt)) incidents.add(now - happenedAt)
  }

  return {
    take: (message, since, now) => {
      switch (message.type) {
        case 'positions':
          for (const { time } of message.items) {
            const at = Date.parse(time)
            if (isMeasured(at)) positions.add(now - at)
          }
          return
        case 'snapshot':
          return takeSnapshot(message, since)
        case 'incident':
          return takeIncident(message, now)
        case 'error':
          return void faults.push(`the gateway said ${message.code}: ${message.detail}`)
        default:
          return undefined
      }
    },
    measure: (from, to) => {
      window = { from, to }
    },
    cursor: () => cursor,
    report: () => ({
      positions: positions.toPairs(),
      incidents: incidents.toPairs(),
      told,
      cursor: cursor ?? '0',
      faults,
    }),
  }
}
