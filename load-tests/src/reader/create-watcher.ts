import type { LivePosition, ServerMessage } from '@cordon/contract'
import { createLatencies, type Latencies } from '../report/latencies.ts'
import { createSight, type Sight } from './create-sight.ts'
import { createToldLog } from './create-told-log.ts'
import type { ReaderReport, Stretch } from './messages.ts'

/** Measures and remembers what one client is told. */
export interface Watcher {
  /** `since` is what the connection asked with, `now` the moment of arrival. */
  take(message: ServerMessage, since: string | undefined, now: number): void
  takePositions(items: readonly LivePosition[], now: number): void
  measure(from: number, to: number): void
  stretch(stretch: Stretch): void
  cursor(): string | undefined
  readonly sight: Sight
  report(): Omit<ReaderReport, 'reconnects' | 'bytes' | 'others'>
}

const NO_STRETCH: Stretch = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY, without: null }

export function createWatcher(): Watcher {
  const log = createToldLog()
  const positions = createLatencies()
  const incidents = createLatencies()
  const errors: string[] = []
  const sight = createSight()
  let window = { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY }
  let stretch: Stretch & { readonly latencies: Latencies } = { ...NO_STRETCH, latencies: createLatencies() }
  const note = (latencies: typeof positions, at: number, now: number) => {
    if (at >= window.from && at < window.to) latencies.add(now - at)
  }
  const take: Watcher['take'] = (message, since, now) => {
    switch (message.type) {
      case 'system':
        return sight.system(message, now)
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
      for (const { activationId, measuredAt } of items) {
        note(positions, measuredAt, now)
        const { from, to, without, latencies } = stretch
        if (measuredAt >= from && measuredAt < to && activationId !== without) latencies.add(now - measuredAt)
      }
      sight.positions(newestOf(items), now)
    },
    measure: (from, to) => {
      window = { from, to }
    },
    stretch: asked => {
      stretch = { ...asked, latencies: createLatencies() }
    },
    cursor: () => log.cursor(),
    sight,
    report: () => {
      const { faults, ...told } = log.report()
      const latencies = {
        positions: positions.toPairs(),
        incidents: incidents.toPairs(),
        stretch: stretch.latencies.toPairs(),
      }
      return { ...told, ...latencies, faults: [...faults, ...errors], sight: sight.report() }
    },
  }
}

const newestOf = (items: readonly LivePosition[]): number =>
  items.reduce((newest, { measuredAt }) => Math.max(newest, measuredAt), 0)
