import type { Certainty, IncidentKind } from '@cordon/contract'
import type { Scenario } from '../scenario.ts'
import type { Arrival } from '../way/deliver.ts'

/** An incident as people were told of it. Epoch ms. */
export interface Told {
  /** Null: about the device. */
  readonly conditionId: string | null
  readonly kind: IncidentKind
  readonly certainty: Certainty
  readonly from: number
  /** Null: still open at the end. */
  readonly to: number | null
  /** When it was told first, and when as confirmed; null: never. */
  readonly toldAt: number
  readonly confirmedAt: number | null
  /** It was taken back in the end. */
  readonly isDisproved: boolean
}

export interface Verdict {
  readonly told: readonly Told[]
  readonly nearMisses: number
}

/** Something that raises alarms from what arrives: set up once for a scenario, then asked for each run. */
export type Detector = (arrivals: readonly Arrival[]) => Verdict

export type PrepareDetector = (scenario: Scenario) => Detector

export const DETECTOR_NAMES = ['cordon', 'naive', 'fifth-point'] as const
export type DetectorName = (typeof DETECTOR_NAMES)[number]
