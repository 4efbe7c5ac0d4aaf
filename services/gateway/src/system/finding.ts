import type { FeedState, Severity } from '@cordon/contract'

export type FeedName = 'broker' | 'database' | 'ingest' | 'fixes' | 'tags' | 'clocks'

/** Something that is not as it should be with one part of Cordon, as this gateway sees it now. */
export interface Finding {
  /** What it is about, as an operator reads it: `broker`, `database`, `ingest-1`, `clock of ingest-1`, … */
  readonly part: string
  readonly feed: FeedName
  readonly state: Exclude<FeedState['state'], 'up'>
  readonly severity: Severity
  readonly detail: string
  /** Milliseconds that it had been so before it was found. */
  readonly beforeMs?: number
  /** Comes of another finding, which is told in its place when it lasts. */
  readonly isConsequence?: true
}
