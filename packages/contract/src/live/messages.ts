import Type, { type Static } from 'typebox'
import type { LivePosition } from '../position-frame/position-frame.ts'
import { CursorText, Instant } from '../schema.ts'

/** Between Cordon's own processes, over the broker. The database is the truth: these say where to look, and how fresh things are. */

/** Latest position per activation since the last message of this ingest; QoS 0, conflated; on the broker a frame of positions. */
export interface LivePositions {
  readonly items: readonly LivePosition[]
}

/** Incident changes up to this cursor have been committed; the gateway reads them from the database. QoS 1. */
export const LiveIncidents = Type.Object({ cursor: CursorText })
export type LiveIncidents = Static<typeof LiveIncidents>

/** Something of the register was changed and committed; ingest reads what. QoS 1. */
export const LiveConfiguration = Type.Object({ cursor: CursorText })
export type LiveConfiguration = Static<typeof LiveConfiguration>

/** Heartbeat of an ingest, every second. `lagSeconds`: age at commit of the newest message, received to committed. */
export const LiveSystem = Type.Object({
  ingest: Type.String({ description: 'instance name' }),
  at: Instant,
  lagSeconds: Type.Number(),
  fixesPerSecond: Type.Number(),
  inFlight: Type.Integer({ description: 'messages received and not yet committed' }),
  database: Type.Boolean(),
})
export type LiveSystem = Static<typeof LiveSystem>
