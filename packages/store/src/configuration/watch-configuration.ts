import type {
  ActivationId,
  ConditionId,
  Hours,
  Risk,
  TagId,
  TagProtocol,
  WearerId,
  ZoneGeometry,
  ZoneId,
  ZoneKind,
} from '@cordon/contract'

/** [from, to) in epoch milliseconds; `to` is null when it has no end. */
export interface Period {
  readonly from: number
  readonly to: number | null
}

export interface WatchedActivation extends Period {
  readonly id: ActivationId
  readonly wearerId: WearerId
  readonly tagId: TagId
  readonly protocol: TagProtocol
}

/** In force in [from, to): while both its order and the condition itself are. */
export interface WatchedCondition extends Period {
  readonly conditionId: ConditionId
  readonly zoneId: ZoneId
  readonly kind: ZoneKind
  /** null: always. */
  readonly hours: Hours | null
  readonly priority: number
  readonly passes: readonly WatchedPass[]
}

export interface WatchedPass {
  readonly from: number
  readonly to: number
  /** Only there the condition is lifted; null: everywhere. */
  readonly corridor: ZoneGeometry | null
}

export interface WatchedSuspension {
  readonly from: number
  readonly to: number
  readonly reason: string
}

export interface WatchedOrder extends Period {
  readonly risk: Risk
}

export interface WatchedZoneVersion extends Period {
  readonly version: number
  readonly geometry: ZoneGeometry
  readonly bufferM: number
}

export interface WatchedZone {
  readonly zoneId: ZoneId
  readonly kind: ZoneKind
  /** As people call it now. */
  readonly name: string
  /** Oldest first. */
  readonly versions: readonly WatchedZoneVersion[]
}

export interface WatchConfiguration {
  /** Each activation with the conditions that are ever in force while it lasts; empty when there are none. */
  readonly activations: readonly {
    readonly activation: WatchedActivation
    readonly conditions: readonly WatchedCondition[]
    /** Those of the wearer that reach into the activation, oldest first. */
    readonly orders: readonly WatchedOrder[]
    readonly suspensions: readonly WatchedSuspension[]
    /** The worst of the wearer's orders that are not over yet; standard when there are none. */
    readonly risk: Risk
  }[]
  /** Every zone of those conditions, once, however many share it. */
  readonly zones: ReadonlyMap<ZoneId, WatchedZone>
}
