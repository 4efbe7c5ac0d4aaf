import type { Track, TrackFeature } from '@cordon/contract'
import type { TrackFix } from '@cordon/store'

/** A page of a track, oldest fix first. */
export interface TrackPage {
  readonly wearerId: string
  readonly from: string
  readonly to: string
  readonly fixes: readonly TrackFix[]
  readonly next: string | null
}

export function toGeoJson({ wearerId, from, to, fixes, next }: TrackPage): Track {
  return { type: 'FeatureCollection', wearerId, from, to, features: fixes.map(toFeature), next }
}

function toFeature(fix: TrackFix): TrackFeature {
  const { wearerId: _wearer, lon, lat, altitude, ...properties } = fix
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: altitude === null ? [lon, lat] : [lon, lat, altitude] },
    properties,
  }
}

const CSV_COLUMNS = {
  time: 'time',
  receivedAt: 'received_at',
  activationId: 'activation_id',
  seq: 'seq',
  lat: 'lat',
  lon: 'lon',
  accuracy: 'accuracy_m',
  source: 'source',
  speed: 'speed_mps',
  heading: 'heading_deg',
  altitude: 'altitude_m',
  satellites: 'satellites',
  hdop: 'hdop',
  battery: 'battery_percent',
} as const satisfies Partial<Record<keyof TrackFix, string>>

/** RFC 4180, units in the names; what the tag did not say is empty. No value here can hold a comma, a quote or a formula. */
export function toCsv({ fixes }: TrackPage): string {
  const fields = Object.keys(CSV_COLUMNS) as (keyof typeof CSV_COLUMNS)[]
  const rows = fixes.map(fix => fields.map(field => String(fix[field] ?? '')).join(','))
  return [Object.values(CSV_COLUMNS).join(','), ...rows, ''].join('\r\n')
}

/** GPX 1.1, one segment per activation. Its order of elements is fixed: ele, time, sat, hdop, extensions. */
export function toGpx({ fixes }: TrackPage): string {
  const segments = byActivation(fixes).map(segment => `<trkseg>\n${segment.map(toTrackPoint).join('\n')}\n</trkseg>`)
  return `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Cordon" xmlns="http://www.topografix.com/GPX/1/1" xmlns:cordon="urn:cordon:gpx:1">
<trk>
${segments.join('\n')}
</trk>
</gpx>
`
}

function byActivation(fixes: readonly TrackFix[]): readonly (readonly TrackFix[])[] {
  const segments = new Map<string, TrackFix[]>()
  for (const fix of fixes) {
    const segment = segments.get(fix.activationId)
    if (segment === undefined) segments.set(fix.activationId, [fix])
    else segment.push(fix)
  }
  return [...segments.values()]
}

function toTrackPoint(fix: TrackFix): string {
  const element = (name: string, value: number | string | null) => (value === null ? '' : `<${name}>${value}</${name}>`)
  const extensions = element('cordon:accuracy', fix.accuracy) + element('cordon:source', fix.source)
  return [
    `<trkpt lat="${fix.lat}" lon="${fix.lon}">`,
    element('ele', fix.altitude),
    element('time', fix.time),
    element('sat', fix.satellites),
    element('hdop', fix.hdop),
    `<extensions>${extensions}</extensions></trkpt>`,
  ].join('')
}
