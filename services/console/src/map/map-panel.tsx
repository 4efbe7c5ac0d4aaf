import type { Incident, TrackFeature, Zone } from '@cordon/contract'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useLiveStore } from '../live/use-live.ts'
import { useSession } from '../session/use-session.ts'
import { mapPalettes, type Theme } from '../theme/map-palette.ts'
import { markedWearers } from './alert-features.ts'
import { CursorReference } from './cursor-reference.tsx'
import { followTrack } from './follow-track.ts'
import { MapLegend } from './map-legend.tsx'
import { type CursorPlace, createMapView, type MapView } from './map-view.ts'
import { transitLine } from './transit-line.ts'
import './map-panel.css'

/** Labels, circles and ages follow the tags this often; the tags themselves are painted as they come. */
const followMs = 1_000
const repaintMs = 250

export type Selection = { readonly wearerId: string; readonly name: string }

export type MapPanelProps = {
  readonly theme: Theme
  readonly selection: Selection | undefined
  readonly zones: readonly Zone[]
  readonly track: readonly TrackFeature[]
  /** What is selected in the queue. */
  readonly incident: Incident | undefined
  readonly onPick: (wearerId: string) => void
  /** Where the rest of the screen reaches the map ("show on the map"). */
  readonly viewRef: RefObject<MapView | undefined>
  readonly onContext: (isAlive: boolean) => void
}

export function MapPanel(props: MapPanelProps) {
  const container = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<CursorPlace>()
  const { site } = useSession()
  useMapView(container, props, setPlace)
  useFollow(props)
  const { viewRef, theme, zones, track, incident } = props
  const transit = useMemo(() => transitLine(incident, track), [incident, track])
  useEffect(() => viewRef.current?.setPalette(mapPalettes[theme]), [viewRef, theme])
  useEffect(() => viewRef.current?.setZones(zones), [viewRef, zones])
  useEffect(() => viewRef.current?.setTransit(transit), [viewRef, transit])
  return (
    <div className="map">
      {/* biome-ignore lint/a11y/useSemanticElements: a map is no form */}
      <div className="map-canvas" ref={container} role="group" aria-label="Map of all tags; the list shows the same" />
      <p className="map-not-live">NOT LIVE</p>
      <CursorReference place={place} />
      <MapLegend hasTrack={track.length > 0} hasTransit={transit.features.length > 0} zones={zones} />
      <p className="map-attribution">{attributionWords(site.basemap)}</p>
    </div>
  )
}

function attributionWords({ evidential, attribution }: { evidential: boolean; attribution: string }): string {
  if (evidential || attribution.toLowerCase().includes('not for evidential use')) return attribution
  return `Schematic map – not for evidential use. ${attribution}`
}

/** Makes the map when the panel appears and removes it when it goes. */
function useMapView(
  container: RefObject<HTMLDivElement | null>,
  props: MapPanelProps,
  onCursor: (place: CursorPlace | undefined) => void,
): void {
  const store = useLiveStore()
  const { site } = useSession()
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    if (container.current === null) return
    const { viewRef, theme } = latest.current
    const view = createMapView({
      container: container.current,
      basemap: site.basemap,
      palette: mapPalettes[theme],
      tags: store.tags,
      onPick: wearerId => wearerId !== undefined && latest.current.onPick(wearerId),
      onCursor,
      onContext: isAlive => latest.current.onContext(isAlive),
    })
    viewRef.current = view
    const repaint = setInterval(() => store.tags.hasDirty() && view.repaint(), repaintMs)
    return () => {
      clearInterval(repaint)
      viewRef.current = undefined
      view.stop()
    }
  }, [container, onCursor, site, store])
}

/** Once a second, and at once when the selection changes: rings, labels, ages, circles and the track's live end. */
function useFollow({ viewRef, selection, track }: MapPanelProps): void {
  const store = useLiveStore()
  useEffect(() => {
    const live = followTrack(track)
    const follow = () => {
      const incidents: Iterable<Incident> = store.getState().book.byId.values()
      store.refreshTags()
      viewRef.current?.setMarked(markedWearers(store.tags, incidents, selection), store.nowMs())
      const lines = live(selection && store.tags.ofWearer(selection.wearerId))
      if (lines) viewRef.current?.setTrack(lines)
    }
    follow()
    const timer = setInterval(follow, followMs)
    return () => clearInterval(timer)
  }, [store, viewRef, selection, track])
}
