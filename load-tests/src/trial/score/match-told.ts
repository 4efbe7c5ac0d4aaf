import type { IncidentKind } from '@cordon/contract'
import type { Told } from '../detectors/detector.ts'
import type { Stretch } from '../truth/find-truth.ts'

const ZONE_INCIDENTS: ReadonlySet<IncidentKind> = new Set([
  'exclusion-breach',
  'restriction-breach',
  'inclusion-absence',
  'possible-transit',
])

/** Of a boundary that was passed; a buffer entry is a pre-alert, below a breach. */
export const isZoneIncident = ({ kind }: Told): boolean => ZONE_INCIDENTS.has(kind)

/** Whether an incident and a true stretch have time in common, give or take what lies between two fixes. */
export function overlaps(told: Told, { from, to }: Stretch, toleranceMs: number): boolean {
  return told.from <= to + toleranceMs && (told.to ?? Infinity) >= from - toleranceMs
}

/** What nobody could have known by then: told so long before it was true. */
export function isPremature(at: number, stretch: Stretch, toleranceMs: number): boolean {
  return at < stretch.from - 2 * toleranceMs
}
