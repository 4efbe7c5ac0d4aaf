import type { Cursor, Incident, LivePosition, Position, ServerMessage } from '@cordon/contract'
import type { IncidentChange } from '@cordon/store'

export const encode = (message: ServerMessage): Buffer => Buffer.from(JSON.stringify(message))

export const encodeIncident = ({ cursor, change, incident }: IncidentChange): Buffer =>
  encode({ type: 'incident', cursor, change, incident })

/** From the JSON of each position, which is written once for all clients. */
export const encodePositions = (items: readonly string[]): Buffer =>
  Buffer.from(`{"type":"positions","items":[${items.join(',')}]}`)

export interface SnapshotParts {
  readonly complete: boolean
  /** Each as JSON. */
  readonly positions: readonly string[]
  readonly incidents: readonly Incident[]
  readonly cursor: Cursor
  /** As JSON. */
  readonly provisional: string
}

export const encodeSnapshot = ({ complete, positions, incidents, cursor, provisional }: SnapshotParts): Buffer =>
  Buffer.from(
    `{"type":"snapshot","complete":${complete},"positions":[${positions.join(',')}],` +
      `"incidents":${JSON.stringify(incidents)},"cursor":${JSON.stringify(cursor)},"provisional":${provisional}}`,
  )

/** From the JSON of the state, which is written once for all clients who see everybody. */
export const encodeProvisional = (state: string): Buffer => Buffer.from(`{"type":"provisional",${state.slice(1)}`)

export function encodePosition(position: LivePosition): string {
  const written: Position = {
    wearerId: position.wearerId,
    activationId: position.activationId,
    time: new Date(position.measuredAt).toISOString(),
    receivedAt: new Date(position.receivedAt).toISOString(),
    lat: position.lat,
    lon: position.lon,
    accuracy: position.accuracyM,
    source: position.source,
    speed: position.speedMps,
    heading: position.headingDeg,
    battery: position.battery,
  }
  return JSON.stringify(written)
}
