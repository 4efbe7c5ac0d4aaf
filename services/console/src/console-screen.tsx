import type { ProvisionalAlert, Zone } from '@cordon/contract'
import { useRef, useState } from 'react'
import './console-screen.css'
import { QueuePanel } from './incidents/queue-panel.tsx'
import { useActions } from './incidents/use-actions.ts'
import { useLiveStore } from './live/use-live.ts'
import { MapPanel } from './map/map-panel.tsx'
import { MapTools } from './map/map-tools.tsx'
import type { MapView } from './map/map-view.ts'
import { type TrackHours, useTrack } from './map/use-track.ts'
import { hasWebGl } from './map/webgl.ts'
import { useResource } from './session/use-resource.ts'
import { useSession } from './session/use-session.ts'
import { isNotLive } from './status/alarms.ts'
import { Announcer } from './status/announcer.tsx'
import { Banners } from './status/banners.tsx'
import { TopBar } from './status/top-bar.tsx'
import { useAlarms } from './status/use-alarms.ts'
import { useSound } from './status/use-sound.ts'
import { useTheme } from './theme/use-theme.ts'
import { type Selected, useSelection } from './use-selection.ts'
import { PositionTable } from './wearers/position-table.tsx'
import { useWearerRecord, useZonesToDraw } from './wearers/use-wearer-record.ts'
import { WearerPanel } from './wearers/wearer-panel.tsx'

const panes = [
  ['queue', 'Queue'],
  ['map', 'Map'],
  ['wearer', 'Wearer'],
] as const
type Pane = (typeof panes)[number][0]

/** The operator's screen: what is wrong above, what to work on left, where it is in the middle, who it is right. */
export function ConsoleScreen() {
  const [theme, toggleTheme] = useTheme()
  const [pane, setPane] = useState<Pane>('queue')
  const sound = useSound()
  const alarms = useAlarms()
  const actions = useActions()
  const selection = useSelection()
  const [isMapLost, setMapLost] = useState(!canDrawMaps)
  const mapView = useRef<MapView>(undefined)
  const store = useLiveStore()

  function showOnMap(): void {
    const position = selection.wearerId === undefined ? undefined : store.tags.ofWearer(selection.wearerId)
    if (position) mapView.current?.flyTo(position)
    setPane('map')
  }
  function showPlace({ wearerId, position }: ProvisionalAlert): void {
    selection.selectWearer(wearerId)
    if (position !== null) mapView.current?.flyTo(position)
    setPane('map')
  }
  return (
    <div className="console" data-pane={pane} data-live={!isNotLive(alarms)}>
      <TopBar theme={theme} onTheme={toggleTheme} sound={sound} hasFault={alarms.length > 0} />
      <Banners alarms={alarms} sound={sound} isMapLost={isMapLost} />
      <PaneTabs pane={pane} onPane={setPane} />
      <main className="panes">
        <QueuePanel
          selectedId={selection.incident?.id}
          onSelect={selection.selectIncident}
          onTake={incident => void actions.act(incident, { type: 'acknowledge' })}
          onShowOnMap={showOnMap}
          provisional={{ onSelect: selection.selectWearer, onShow: showPlace }}
        />
        <Middle
          theme={theme}
          selection={selection}
          mapView={mapView}
          isMapLost={isMapLost}
          onContext={isAlive => setMapLost(!isAlive)}
          onShowOnMap={showOnMap}
          actions={actions}
        />
      </main>
      <Announcer />
    </div>
  )
}

/** Below 1,200 px not everything fits side by side: these choose. */
function PaneTabs({ pane, onPane }: { readonly pane: Pane; readonly onPane: (pane: Pane) => void }) {
  return (
    <nav className="pane-tabs" aria-label="Parts of the screen">
      {panes.map(([name, words]) => (
        <button
          key={name}
          type="button"
          className={`pane-${name}`}
          aria-pressed={name === pane}
          onClick={() => onPane(name)}
        >
          {words}
        </button>
      ))}
    </nav>
  )
}

type MiddleProps = {
  readonly theme: 'dark' | 'light'
  readonly selection: Selected
  readonly mapView: React.RefObject<MapView | undefined>
  readonly isMapLost: boolean
  readonly onContext: (isAlive: boolean) => void
  readonly onShowOnMap: () => void
  readonly actions: ReturnType<typeof useActions>
}

/** Asked once. A context that is lost later may come back, so the map then stays, hidden. */
const canDrawMaps = hasWebGl()

const noZones: readonly Zone[] = []
const noTrack: NonNullable<ReturnType<typeof useTrack>['value']> = []

/** Map (or list) and wearer panel, which share the record, the zones and the track of who is selected. */
function Middle({ theme, selection, mapView, isMapLost, onContext, onShowOnMap, actions }: MiddleProps) {
  const { api } = useSession()
  const store = useLiveStore()
  const [isList, setList] = useState(false)
  const [hours, setHours] = useState<TrackHours>(3)
  const [hasAllZones, setAllZones] = useState(false)
  const record = useWearerRecord(selection.wearerId)
  const ofWearer = useZonesToDraw(record.value, selection.incident)
  const everyZone = useResource(hasAllZones ? 'all' : undefined, () => api.list<Zone>('/zones'))
  const track = useTrack(selection.wearerId, hours, store.nowMs)
  const showsList = isList || isMapLost
  return (
    <>
      <section className="middle" aria-label={showsList ? 'List of positions' : 'Map and its tools'}>
        <MapTools
          isList={showsList}
          canToggle={!isMapLost}
          onList={setList}
          hours={hours}
          onHours={setHours}
          hasAllZones={hasAllZones}
          onAllZones={setAllZones}
          onShowOnMap={selection.wearerId === undefined ? undefined : onShowOnMap}
        />
        {canDrawMaps && (
          <div className="middle-map" hidden={showsList}>
            <MapPanel
              theme={theme}
              selection={selection.named}
              zones={(hasAllZones ? everyZone.value : ofWearer) ?? noZones}
              track={track.value ?? noTrack}
              incident={selection.incident}
              onPick={selection.selectWearer}
              viewRef={mapView}
              onContext={onContext}
            />
          </div>
        )}
        {showsList && <PositionTable selectedId={selection.wearerId} onSelect={selection.selectWearer} />}
      </section>
      <WearerPanel
        wearerId={selection.wearerId}
        incident={selection.incident}
        record={record.value}
        problem={record.problem}
        satellites={track.value?.at(-1)?.properties.satellites ?? undefined}
        actions={actions}
        onSelectIncident={selection.selectIncident}
      />
    </>
  )
}
