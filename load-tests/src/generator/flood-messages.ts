import type { RegisteredTag } from '../stack/register.ts'

/** What the program tells the process of a tag gone mad, and what it is told back. */
export type ToFlood =
  | { readonly type: 'prepare'; readonly plan: FloodPlan }
  /** Begins now. */
  | { readonly type: 'publish' }

export type FromFlood = { readonly type: 'prepared' } | { readonly type: 'published'; readonly result: FloodResult }

export interface FloodPlan {
  readonly host: string
  readonly port: number
  readonly tag: RegisteredTag
  /** Messages a second, for so long. */
  readonly rate: number
  readonly lastMs: number
}

export interface FloodResult {
  readonly startedAt: number
  /** Messages, each with a fix of its own. */
  readonly sent: number
  /** Of those, so many by the broker within the time, and so many at last. */
  readonly acknowledgedInTime: number
  readonly acknowledged: number
  /** The connection was lost; null when it held. */
  readonly fault: string | null
}
