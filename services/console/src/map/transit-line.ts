import type { Incident, TrackFeature } from '@cordon/contract'
import type { FeatureCollection, LineString } from 'geojson'

/**
 * The straight line between the two fixes of a possible transit, when the track that is shown holds both. Nobody measured it:
 * it is drawn dashed. Empty for any other incident.
 */
export function transitLine(
  incident: Pick<Incident, 'kind' | 'reason'> | undefined,
  track: readonly TrackFeature[],
): FeatureCollection<LineString> {
  const ends = incident?.kind === 'possible-transit' ? fixesOf(incident.reason.fixes.slice(-2), track) : []
  if (ends.length < 2) return { type: 'FeatureCollection', features: [] }
  const coordinates = ends.map(({ geometry }) => geometry.coordinates)
  const geometry = { type: 'LineString', coordinates } as const
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] }
}

/** Identities are `measuredAt/seq`, epoch milliseconds. */
function fixesOf(identities: readonly string[], track: readonly TrackFeature[]): TrackFeature[] {
  const wanted = new Set(identities)
  return track.filter(({ properties: { time, seq } }) => wanted.has(`${Date.parse(time)}/${seq}`))
}
