import Type, { type Static } from 'typebox'
import { LIMITS } from '../limits.ts'
import type { LivePosition } from '../position-frame/position-frame.ts'
import { CursorText, Instant, Nullable } from '../schema.ts'
import { ProvisionalAlert } from '../socket/provisional.ts'

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

/**
 * How far an ingest sees. Everything in seconds is counted by a clock that nobody can set, from what this process has seen itself.
 */
export const LiveSight = Type.Object({
  oldestHeldSeconds: Type.Number({ description: 'age of the oldest message that is held and not committed' }),
  notKeptSince: Nullable(Instant),
  brokerAwaySeconds: Type.Number({ description: 'for how long no message could arrive' }),
  databaseAwaySeconds: Type.Number({ description: 'for how long the database has not answered' }),
  fullSince: Nullable(Instant),
  silentSeconds: Type.Number({ description: 'since any message came' }),
  silentLimitSeconds: Nullable(
    Type.Number({ description: 'longer than this is not to be expected of the tags; null while none are expected' }),
  ),
  tagsExpected: Type.Integer({ description: 'fitted, heard before, and not known to be silent' }),
  newestFixAt: Nullable(Instant),
  provisional: Type.Integer({ description: 'critical breaches that wait to be recorded' }),
  tagsRefused: Type.Optional(Type.Integer({ description: 'that send so much that not all of it is kept' })),
})
export type LiveSight = Static<typeof LiveSight>

/** Heartbeat of an ingest, every second. `lagSeconds`: age at commit of the newest message, received to committed. */
export const LiveSystem = Type.Object({
  ingest: Type.String({ description: 'instance name' }),
  at: Instant,
  lagSeconds: Type.Number(),
  fixesPerSecond: Type.Number({ description: 'kept, over the last minute' }),
  inFlight: Type.Integer({ description: 'messages received and not yet committed' }),
  database: Type.Boolean(),
  sight: Type.Optional(LiveSight),
  stopping: Type.Optional(Type.Boolean({ description: 'the last one of a clean stop: nobody need miss it' })),
})
export type LiveSystem = Static<typeof LiveSystem>

/**
 * Critical breaches that an ingest has judged and cannot record. The whole state each time, every 2 s while there are any, so that whoever
 * comes late knows them; worst and newest first. QoS 0.
 */
export const LiveProvisional = Type.Object({
  ingest: Type.String(),
  alerts: Type.Array(ProvisionalAlert, { maxItems: LIMITS.provisionalAlerts }),
  leftOut: Type.Integer({ minimum: 0, description: 'how many more there are' }),
})
export type LiveProvisional = Static<typeof LiveProvisional>
