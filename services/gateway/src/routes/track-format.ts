export type TrackFormat = 'geojson' | 'csv' | 'gpx'

const MEDIA_TYPES: Readonly<Record<string, TrackFormat>> = {
  'application/geo+json': 'geojson',
  'application/json': 'geojson',
  'text/csv': 'csv',
  'application/gpx+xml': 'gpx',
}

/** `?format=` decides; else the first type of `Accept` that there is; else GeoJSON. */
export function chooseFormat(asked: TrackFormat | undefined, accept: string): TrackFormat {
  if (asked !== undefined) return asked
  const types = accept.split(',').map(part => part.split(';')[0]?.trim().toLowerCase() ?? '')
  return types.map(type => MEDIA_TYPES[type]).find(format => format !== undefined) ?? 'geojson'
}

/** RFC 8288: the same request with the cursor of what follows. */
export function nextLink(url: string, next: string): string {
  const target = new URL(url, 'http://relative.invalid')
  target.searchParams.set('cursor', next)
  return `<${target.pathname}${target.search}>; rel="next"`
}
