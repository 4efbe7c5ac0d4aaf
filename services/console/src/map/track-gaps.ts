import type { TrackFeature } from '@cordon/contract'
import type { Feature, FeatureCollection, LineString, Position } from 'geojson'

/** How a gap in a track is drawn (requirement R52): shorter than 2, shorter than 10, or 10 minutes and more. */
export type GapClass = 'short' | 'medium' | 'long'

/** Fixes no further apart than this are one line; beyond it, the straight line is not the route and is dotted. */
const joinedWithinMs = 90_000
const shortBelowMs = 2 * 60_000
const mediumBelowMs = 10 * 60_000

/** Undefined: not a gap. */
export function gapClass(fromMs: number, toMs: number): GapClass | undefined {
  const lengthMs = toMs - fromMs
  if (lengthMs <= joinedWithinMs) return undefined
  if (lengthMs < shortBelowMs) return 'short'
  return lengthMs < mediumBelowMs ? 'medium' : 'long'
}

type TrackLine = Feature<LineString, { readonly gap: GapClass | 'none' }>

/** The track as lines: stretches without a gap, and each gap by itself. Fixes oldest first. */
export function trackLines(fixes: readonly TrackFeature[]): FeatureCollection<LineString, TrackLine['properties']> {
  const lines: TrackLine[] = []
  let stretch: Position[] = []
  const endStretch = () => {
    if (stretch.length > 1) lines.push(line(stretch, 'none'))
  }
  let before: TrackFeature | undefined
  for (const fix of fixes) {
    const gap = before && gapBetween(before, fix)
    if (before && gap !== undefined) {
      endStretch()
      lines.push(line([before.geometry.coordinates, fix.geometry.coordinates], gap))
      stretch = []
    }
    stretch.push(fix.geometry.coordinates)
    before = fix
  }
  endStretch()
  return { type: 'FeatureCollection', features: lines }
}

/** Another activation is another fitting of a tag: nothing is known between the two, however short it was. */
function gapBetween(before: TrackFeature, fix: TrackFeature): GapClass | undefined {
  if (before.properties.activationId !== fix.properties.activationId) return 'long'
  return gapClass(Date.parse(before.properties.time), Date.parse(fix.properties.time))
}

function line(coordinates: Position[], gap: GapClass | 'none'): TrackLine {
  return { type: 'Feature', properties: { gap }, geometry: { type: 'LineString', coordinates } }
}
