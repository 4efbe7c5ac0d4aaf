import { useLiveStore } from '../live/use-live.ts'
import { durationWords } from '../status/time-words.ts'
import { useDirectory } from '../wearers/use-directory.ts'
import { gridReference } from './grid-reference.ts'
import type { CursorPlace } from './map-view.ts'

/** The Ordnance Survey grid reference under the cursor, and the tag there with the age of its position. */
export function CursorReference({ place }: { readonly place: CursorPlace | undefined }) {
  return (
    <p className="map-reference">
      {place === undefined ? 'Grid reference: point at the map' : <Place place={place} />}
    </p>
  )
}

function Place({ place }: { readonly place: CursorPlace }) {
  return (
    <>
      <strong>{gridReference(place.lon, place.lat) ?? 'outside the National Grid'}</strong>{' '}
      <span>
        {place.lat.toFixed(5)}, {place.lon.toFixed(5)}
      </span>
      {place.wearerId !== undefined && <TagUnderCursor wearerId={place.wearerId} />}
    </>
  )
}

function TagUnderCursor({ wearerId }: { readonly wearerId: string }) {
  const store = useLiveStore()
  const directory = useDirectory()
  const position = store.tags.ofWearer(wearerId)
  if (position === undefined) return null
  const name = directory.nameOf(wearerId) ?? `Wearer ${wearerId}`
  return (
    <span className="map-reference-tag">
      {name}, {durationWords(store.nowMs() - position.measuredAtMs)} ago
    </span>
  )
}
