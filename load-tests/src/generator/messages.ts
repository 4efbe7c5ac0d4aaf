import type { LatencyPair } from '../report/latencies.ts'
import type { Place } from '../stack/places.ts'

/** What the program tells a generator process, and what it is told back. */
export type ToGenerator =
  | { readonly type: 'connect'; readonly plan: GeneratorPlan }
  | { readonly type: 'publish'; readonly schedule: Schedule }
  /** Publishing ends now, before its time; what waits for an acknowledgement is waited for. */
  | { readonly type: 'enough' }
  | { readonly type: 'end' }

export type FromGenerator =
  | { readonly type: 'connected' }
  | { readonly type: 'published'; readonly result: GeneratorResult }

export interface GeneratorPlan {
  readonly host: string
  readonly port: number
  readonly tags: readonly PlannedTag[]
  /** Fixes in one message. */
  readonly items: number
  /** Share of messages that are cut off in the middle, 0 to 1. */
  readonly malformed: number
  readonly seed: number
  /** Tags come back when their connection is lost, and send again what was not acknowledged; without it a lost connection is a fault. */
  readonly comesBack?: boolean
}

export interface PlannedTag {
  readonly id: string
  readonly password: string
  readonly home: Place
  /** The middle of the zone that it walks into, and when: milliseconds after the start. */
  readonly entry: { readonly place: Place; readonly afterMs: number } | null
}

export interface Schedule {
  /** Epoch milliseconds; the window is what counts, between warming up and the end. */
  readonly startAt: number
  readonly windowFrom: number
  readonly stopAt: number
  /** Messages a second of this generator. */
  readonly rate: number
}

export interface GeneratorResult {
  readonly tags: readonly PublishedTag[]
  /** Within the window. */
  readonly window: { readonly published: number; readonly acknowledged: number }
  /** From writing a message to the broker's acknowledgement, within the window. */
  readonly acknowledgements: readonly LatencyPair[]
  /** Messages that were due and were not sent, because this process or the broker could not keep up. */
  readonly notSent: number
  readonly faults: readonly string[]
}

export interface PublishedTag {
  readonly id: string
  /** Published with the sequence numbers 1 to this. */
  readonly fixes: number
  /** Of those, the ones that the broker has not acknowledged. */
  readonly unacknowledged: readonly number[]
  /** Malformed messages that the broker has acknowledged. */
  readonly malformed: number
  /** When it was first inside its zone; null when it never was. */
  readonly enteredAt: number | null
}
