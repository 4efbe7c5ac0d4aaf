import { LIMITS } from '@cordon/contract'
import { listFixes, listWearers } from '@cordon/store'
import { record } from '../audit/record.ts'
import { type Call, type Handlers, Rendered } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { chooseFormat, nextLink, type TrackFormat } from './track-format.ts'
import { type TrackPage, toCsv, toGeoJson, toGpx } from './track-render.ts'

export const trackHandlers: Pick<Handlers, 'readTrack'> = { readTrack }

const HOUR_MS = 3_600_000
const GEO_JSON = 'application/geo+json'

async function readTrack(call: Call<'readTrack'>) {
  const { database, viewer, params, query, page } = call
  const { from, to } = query
  checkTrackSpan(from, to)
  const { format, mediaType } = chooseFormat(query.format, call.accept)
  const search = { id: params.id, caseload: viewer.caseload }
  const wearer = foundItem(await listWearers(database, search, ONE), 'wearer')
  const { items, next } = await listFixes(database, { wearerId: wearer.id, from, to }, page)
  await record(database, viewer, { what: 'read-track', wearerId: wearer.id, detail: { from, to, format } })
  const track = { wearerId: wearer.id, from, to, fixes: items, next }
  if (format !== 'geojson') return render(track, format, call.url)
  const geoJson = toGeoJson(track)
  return mediaType === GEO_JSON ? new Rendered(JSON.stringify(geoJson), { 'content-type': GEO_JSON }) : geoJson
}

function checkTrackSpan(from: string, to: string): void {
  const spanMs = Date.parse(to) - Date.parse(from)
  if (!(spanMs > 0)) throw new Refusal('invalid-query', '`to` must be later than `from`', { field: 'to' })
  if (spanMs <= LIMITS.trackHours * HOUR_MS) return
  throw new Refusal('invalid-query', `one request covers at most ${LIMITS.trackHours} hours`, { field: 'to' })
}

/** A file has no place for the cursor of its next part, so a header has it; and the file's name says that it is a part. */
function render(track: TrackPage, format: Exclude<TrackFormat, 'geojson'>, url: string): Rendered {
  const name = `track-${track.wearerId}${track.next === null ? '' : '-part'}.${format}`
  return new Rendered(format === 'csv' ? toCsv(track) : toGpx(track), {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8; header=present' : 'application/gpx+xml; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    ...(track.next !== null && { link: nextLink(url, track.next) }),
  })
}
