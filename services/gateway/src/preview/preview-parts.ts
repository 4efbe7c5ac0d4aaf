import type {
  ActivationId,
  Hours,
  PreviewedIncident,
  PreviewedNearMiss,
  PreviewedVisit,
  Risk,
  WearerId,
  ZoneGeometry,
  ZoneKind,
} from '@cordon/contract'
import type { FixColumns } from '@cordon/store'
import type { OpenPeriod, Period, PolicyVersion } from '@cordon/watch'

/** What goes to the thread that judges, and what comes back: data that can be copied from one to the other. */

/** The zone and hours that somebody is drawing, and the time over which it is asked what they would have done. */
export interface PreviewDraft extends Period {
  readonly kind: ZoneKind
  readonly geometry: ZoneGeometry
  readonly bufferM: number
  readonly hours: Hours | null
  readonly policies: readonly PolicyVersion[]
}

export interface PreviewWearer {
  readonly wearerId: WearerId
  readonly risk: Risk
  /** When an order was in force, none overlapping another: nobody is watched outside. */
  readonly orders: readonly Period[]
  readonly activations: readonly PreviewActivation[]
}

export interface PreviewActivation extends OpenPeriod {
  readonly activationId: ActivationId
  /** In stretches, in no order. */
  readonly fixes: readonly FixColumns[]
}

/** What the draft would have done to one wearer. */
export interface WearerPreview {
  readonly wearerId: WearerId
  readonly fixes: number
  /** Of the quarter hours asked about, those with a fix. */
  readonly share: number
  readonly incidents: readonly PreviewedIncident[]
  readonly nearMisses: readonly PreviewedNearMiss[]
  readonly visits: readonly PreviewedVisit[]
}

export type PreviewRequest =
  | { readonly type: 'draft'; readonly draft: PreviewDraft }
  | { readonly type: 'wearer'; readonly number: number; readonly wearer: PreviewWearer }

export type PreviewAnswer =
  | { readonly number: number; readonly preview: WearerPreview }
  | { readonly number: number; readonly error: string }
