import type { ReaderReport } from '../reader/messages.ts'
import type { OutageTag } from './plan-tags.ts'

/** What was published, and when what happened; epoch milliseconds. */
export interface CatchUp {
  readonly plan: readonly OutageTag[]
  readonly stored: number
  readonly live: number
  /** The first moment after the fixes of the outage. */
  readonly outageEndedAt: number
  readonly publishedMs: number
  /** Ingest was told to start, and was ready. */
  readonly startedAt: number
  readonly readyAt: number
  readonly liveUntil: number
  /** Everything is in the database, and nothing waits to be judged. */
  readonly judgedAt: number
  readonly reader: ReaderReport
  readonly faults: readonly string[]
}
