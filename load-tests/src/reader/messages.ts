import type { LatencyPair } from '../report/latencies.ts'
import type { SightReport } from './create-sight.ts'

/** What the program tells the reader process, and what it is told back. */
export type ToReader =
  | {
      readonly type: 'connect'
      readonly url: string
      readonly token: string
      readonly readers: number
      /** Of these, so many watch everything; the others a part of the country each. */
      readonly everything: number
    }
  /** What the first client sees counts from here, up to there. */
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  | { readonly type: 'look' }
  /** All clients stop reading from the network, and go on. */
  | { readonly type: 'pause' | 'resume' }
  | { readonly type: 'measure'; readonly from: number; readonly to: number }
  /** Positions measured from then on count by themselves, up to there; those of one activation do not. */
  | { readonly type: 'stretch'; readonly stretch: Stretch }
  | { readonly type: 'report' }

export type FromReader =
  | { readonly type: 'connected' }
  | { readonly type: 'measuring' | 'stretched' | 'begun' | 'ended' | 'paused' | 'resumed' }
  | { readonly type: 'seen'; readonly isClear: boolean; readonly cursor: string }
  | { readonly type: 'reported'; readonly report: ReaderReport }

/** Of positions, by the time at which they were measured. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly without: string | null
}

/** What the client that watches everything has been told, in the order in which it was told. */
export type Told =
  | {
      readonly type: 'change'
      readonly cursor: string
      readonly incidentId: string
      readonly change: 'raised' | 'changed'
    }
  /** The answer to `since`: what had changed after it, up to `cursor`. */
  | {
      readonly type: 'resumed'
      readonly since: string
      readonly cursor: string
      readonly incidentIds: readonly string[]
    }

export interface ReaderReport {
  /** From the measured time of a position to its arrival. */
  readonly positions: readonly LatencyPair[]
  /** The same of the last stretch. */
  readonly stretch: readonly LatencyPair[]
  /** From the measured time of the fix that raised an incident to the arrival of the message that says so. */
  readonly incidents: readonly LatencyPair[]
  readonly told: readonly Told[]
  /** The last place in the log that the client knows. */
  readonly cursor: string
  readonly reconnects: number
  readonly sight: SightReport
  /** What each of the other clients has been told of incidents. */
  readonly others: readonly (readonly Told[])[]
  /** Bytes that all readers have received within the measured time. */
  readonly bytes: number
  readonly faults: readonly string[]
}
