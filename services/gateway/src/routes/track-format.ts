export type TrackFormat = 'geojson' | 'csv' | 'gpx'

const MEDIA_TYPES: Readonly<Record<string, TrackFormat>> = {
  'application/geo+json': 'geojson',
  'application/json': 'geojson',
  'text/csv': 'csv',
  'application/gpx+xml': 'gpx',
}

export interface Representation {
  readonly format: TrackFormat
  /** Undefined: the interface's usual JSON. */
  readonly mediaType: string | undefined
}

/** `?format=` decides; else the type of `Accept` that is preferred among those that there are; else GeoJSON as plain JSON. */
export function chooseFormat(asked: TrackFormat | undefined, accept: string): Representation {
  const types = preferred(accept)
  if (asked !== undefined) return { format: asked, mediaType: types.find(type => MEDIA_TYPES[type] === asked) }
  for (const mediaType of types) {
    const format = MEDIA_TYPES[mediaType]
    if (format !== undefined) return { format, mediaType }
  }
  return { format: 'geojson', mediaType: undefined }
}

/** RFC 9110, 12.4.2: by weight, which is 1 unless it says `q=`; 0 is "not this one". Equal weights stay as they stand. */
function preferred(accept: string): readonly string[] {
  const weighted = accept.split(',').map(part => {
    const [type = '', ...parameters] = part.split(';').map(text => text.trim().toLowerCase())
    const weight = parameters.find(parameter => parameter.startsWith('q='))?.slice(2)
    return { type, weight: weight === undefined ? 1 : Number(weight) }
  })
  return weighted
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ type }) => type)
}

/** RFC 8288: the same request with the cursor of what follows. */
export function nextLink(url: string, next: string): string {
  const target = new URL(url, 'http://relative.invalid')
  target.searchParams.set('cursor', next)
  return `<${target.pathname}${target.search}>; rel="next"`
}
