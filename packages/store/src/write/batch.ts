import type {
  ActivationId,
  CommandAck,
  ConditionId,
  Cursor,
  DeviceEvent,
  Fix,
  IncidentId,
  Judgement,
  Rejection,
  TagId,
  TagStatus,
} from '@cordon/contract'

export interface ActivationFix {
  readonly activationId: ActivationId
  readonly fix: Fix
}

/** A fix that is kept but neither shown nor judged, with why. */
export interface AsideFix extends ActivationFix {
  readonly reason: string
}

export interface ActivationEvent {
  readonly activationId: ActivationId
  readonly event: DeviceEvent
}

export interface StatusOfTag {
  readonly tagId: TagId
  readonly status: TagStatus
}

export interface AckOfTag {
  readonly tagId: TagId
  readonly ack: CommandAck
}

/** One rejected item of one message. Items of one message share `payload`: the same bytes are stored once. */
export interface QuarantineItem {
  readonly topic: string
  readonly tagId: TagId | null
  readonly receivedAt: number
  readonly payload: Uint8Array
  readonly rejection: Rejection
  /** Receipts that it stands for, the last of them at `receivedAt`; absent: one. */
  readonly seen?: number
}

/** The engine's state of one activation after everything measured up to `judgedThrough`; plain serialisable data. */
export interface WatchStateWrite {
  readonly activationId: ActivationId
  readonly judgedThrough: number | null
  readonly state: unknown
}

/** The engine's timeline of one activation after everything measured up to `at`; plain serialisable data. */
export interface CheckpointWrite {
  readonly activationId: ActivationId
  readonly at: number
  readonly timeline: unknown
}

/** From then on an activation was judged again: what was on record of it from there is replaced by what the batch says. */
export interface Replaced {
  readonly activationId: ActivationId
  readonly from: number
  /** Near misses that were under way then: they began before. */
  readonly near: readonly { readonly conditionId: ConditionId; readonly from: number }[]
}

/** What one batch of messages came to. Times are epoch milliseconds. Judgements stand in the order in which they were made. */
export interface Batch {
  readonly fixes: readonly ActivationFix[]
  readonly aside: readonly AsideFix[]
  readonly events: readonly ActivationEvent[]
  readonly statuses: readonly StatusOfTag[]
  readonly acks: readonly AckOfTag[]
  readonly quarantine: readonly QuarantineItem[]
  readonly judgements: readonly Judgement[]
  readonly watchStates: readonly WatchStateWrite[]
  readonly checkpoints: readonly CheckpointWrite[]
  /** Near misses, impossible jumps and checkpoints of these are deleted before those of the batch are written. */
  readonly replacedFrom: readonly Replaced[]
}

/** To be filled with what there is. */
export const emptyBatch: Batch = {
  fixes: [],
  aside: [],
  events: [],
  statuses: [],
  acks: [],
  quarantine: [],
  judgements: [],
  watchStates: [],
  checkpoints: [],
  replacedFrom: [],
}

export interface WrittenIncident {
  readonly cursor: Cursor
  readonly incidentId: IncidentId
  readonly episodeId: string
  readonly change: 'raised' | 'changed'
}

export interface Written {
  /** Fixes that the database did not have yet. */
  readonly newFixes: number
  /** Incidents raised or changed, in the order of their cursors. An incident that stayed as it was is not among them. */
  readonly incidents: readonly WrittenIncident[]
  /** The last of those cursors; null when no incident changed. */
  readonly incidentCursor: Cursor | null
}
