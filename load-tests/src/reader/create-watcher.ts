import type { LivePosition, ServerMessage } from '@cordon/contract'
import { createLatencies } from '../report/latencies.ts'
import { createToldLog } from './create-told-log.ts'
import type { ReaderReport } from './messages.ts'

/** Measures and remembers what one client is told. */
export interface Watcher {
  /** `since` is what the connection asked with, `now` the moment of arrival. */
  take(message: ServerMessage, since: string | undefined, now: number): void
  takePositions(items: readonly LivePosition[], now: number): void
  measure(from: number, to: number): void
  cursor(): string | undefined
  report(): Omit<ReaderReport, 'reconnects' | 'bytes'>
}

export function createWatcher(): Watcher {
  const log = createToldLog()
  const positions = createLatencies()
  const incidents = createLatencies()
  const errors: string[] = []
  let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  const note = (latencies: typeof positions, at: number, now: number) => {
    if (at >= window.from && at < window.to) latencies.add(now - at)
  }
  const take: Watcher['take'] = (message, since, now) => {
    switch (message.type) {
      case 'snapshot':
        return log.takeSnapshot(message, since)
      case 'incident':
        if (message.change === 'raised') note(incidents, Date.parse(message.incident.happenedAt), now)
        return log.takeChange(message)
      case 'error':
        return void errors.push(`the gateway said ${message.code}: ${message.detail}`)
      default:
        return undefined
    }
  }
  return {
    take,
    takePositions: (items, now) => {
      for (const { measuredAt } of items) note(positions, measuredAt, now)
    },
    measure: (from, to) => {
      window = { from, to }
    },
    cursor: () => log.cursor(),
    report: () => {
      const { faults, ...told } = log.report()
      return { ...told, faults: [...faults, ...errors], positions: positions.toPairs(), incidents: incidents.toPairs() }
    },
  }
}
