import { type TrackHours, trackHours } from './use-track.ts'

export type MapToolsProps = {
  readonly isList: boolean
  /** False when there is no map to go back to. */
  readonly canToggle: boolean
  readonly onList: (isList: boolean) => void
  readonly hours: TrackHours
  readonly onHours: (hours: TrackHours) => void
  readonly hasAllZones: boolean
  readonly onAllZones: (hasAllZones: boolean) => void
  readonly onShowOnMap: (() => void) | undefined
}

export function MapTools(props: MapToolsProps) {
  const { isList, canToggle, onList, hours, onHours, hasAllZones, onAllZones, onShowOnMap } = props
  return (
    <div className="map-tools">
      {!isList && (
        <>
          <label className="tool">
            <input type="checkbox" checked={hasAllZones} onChange={event => onAllZones(event.target.checked)} />
            All zones
          </label>
          <label className="tool">
            Track
            <select value={hours} onChange={event => onHours(readHours(event.target.value))}>
              {trackHours.map(choice => (
                <option key={choice} value={choice}>
                  {choice} h
                </option>
              ))}
            </select>
          </label>
          <button type="button" className="button" disabled={onShowOnMap === undefined} onClick={onShowOnMap}>
            Show wearer
          </button>
        </>
      )}
      {canToggle && (
        <button type="button" className="button" onClick={() => onList(!isList)}>
          {isList ? 'Map' : 'List'}
        </button>
      )}
    </div>
  )
}

function readHours(value: string): TrackHours {
  return trackHours.find(choice => String(choice) === value) ?? 3
}
