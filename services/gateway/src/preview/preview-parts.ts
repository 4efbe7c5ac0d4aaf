import type {
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
import type { Activation, Period, PolicyVersion } from '@cordon/watch'

/** What goes to the thread that judges, and what comes back: data that can be copied from one to the other. */

/** The zone and hours that somebody is drawing, and the time over which it is asked what they would have done. */
export interface PreviewDraft extends Period {
  readonly kind: ZoneKind
  readonly geometry: ZoneGeometry
  readonly bufferM: number
  readonly hours: Hours | null
  readonly policies: readonly PolicyVersion[]
}

/** One tag while it was on one wearer. */
export interface PreviewTrail {
  readonly wearerId: WearerId
  readonly risk: Risk
  /** When an order was in force, none overlapping another: nobody is watched outside. */
  readonly orders: readonly Period[]
  readonly activation: Activation
  readonly fixes: FixColumns
}

/** What the draft would have done there. */
export interface TrailPreview {
  readonly incidents: readonly PreviewedIncident[]
  readonly nearMisses: readonly PreviewedNearMiss[]
  readonly visits: readonly PreviewedVisit[]
}

/** How much of a wearer's time was seen. */
export interface WearerCoverage {
  readonly wearerId: WearerId
  readonly fixes: number
  /** Of the quarter hours asked about, those with a fix. */
  readonly share: number
}

export type PreviewRequest =
  | { readonly type: 'draft'; readonly draft: PreviewDraft }
  | { readonly type: 'trail'; readonly number: number; readonly trail: PreviewTrail }

export type PreviewAnswer =
  | { readonly number: number; readonly preview: TrailPreview }
  | { readonly number: number; readonly error: string }
