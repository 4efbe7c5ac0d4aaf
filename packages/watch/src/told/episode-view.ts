import type { Certainty, Conclusion, ConditionId, IncidentReason, JudgedKind, Severity, ZoneId } from '@cordon/contract'

/** What an episode comes to at a moment, as every part of the engine hands it on to be told. Times are epoch ms. */
export interface EpisodeView {
  /** What it is about: the condition's id, or `strap`, `battery`, … At most one episode of a subject is under way at a time. */
  readonly subject: string
  readonly kind: JudgedKind | 'visit'
  readonly severity: Severity
  readonly certainty: Certainty
  readonly beganAt: number
  readonly happenedAt: number
  readonly receivedAt: number
  readonly endedAt: number | null
  readonly conclusion: Conclusion | null
  readonly conditionId: ConditionId | null
  readonly zoneId: ZoneId | null
  readonly zoneVersion: number | null
  readonly reason: IncidentReason
  /** Of the reason, where that is only made up when somebody reads it: what says whether there is news. */
  readonly brief?: { readonly entries: number; readonly greatestDepthM: number }
}

/** From its beginning to its end, or still under way. */
export interface Extent {
  readonly subject: string
  readonly beganAt: number
  readonly endedAt: number | null
}
