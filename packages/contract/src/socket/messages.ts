import Type, { type Static } from 'typebox'
import { Incident } from '../http/incidents.ts'
import { User } from '../http/session.ts'
import { Position } from '../http/track.ts'
import { CursorText, Id, Instant, Nullable, words } from '../schema.ts'
import { Provisional, ProvisionalState } from './provisional.ts'

/** design.md 5.3: `/api/v1/stream`, subprotocol `cordon.v1`. */

const BBox = Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
  description: '[west, south, east, north] degrees',
})
export const Subscribe = Type.Object({
  type: Type.Literal('subscribe'),
  positions: Type.Optional(
    Type.Union([
      Type.Boolean(),
      Type.Object({ bbox: BBox }),
      Type.Object({ wearerIds: Type.Array(Id, { maxItems: 10_000 }) }),
    ]),
  ),
  incidents: Type.Optional(Type.Boolean()),
  since: Type.Optional(CursorText),
  encoding: Type.Optional(
    words(
      ['json', 'binary'],
      'of positions: `binary` are frames (docs/interfaces/position-frame.md) in place of messages; the first follows the snapshot, which then holds none',
    ),
  ),
})
export type Subscribe = Static<typeof Subscribe>
export const Unsubscribe = Type.Object({ type: Type.Literal('unsubscribe') })
export const Pong = Type.Object({ type: Type.Literal('pong') })
export const ClientMessage = Type.Union([Subscribe, Unsubscribe, Pong])
export type ClientMessage = Static<typeof ClientMessage>

export const Hello = Type.Object({ type: Type.Literal('hello'), serverTime: Instant, user: User })
/** With `since`, `incidents` holds what changed after it; without, every incident that is not closed. `complete` says which. */
export const Snapshot = Type.Object({
  type: Type.Literal('snapshot'),
  complete: Type.Boolean(),
  positions: Type.Array(Position),
  incidents: Type.Array(Incident),
  cursor: CursorText,
  provisional: ProvisionalState,
})
export const Positions = Type.Object({ type: Type.Literal('positions'), items: Type.Array(Position) })
export const IncidentMessage = Type.Object({
  type: Type.Literal('incident'),
  cursor: CursorText,
  change: words(['raised', 'changed']),
  incident: Incident,
})
export const FeedState = Type.Object({
  state: words(['up', 'late', 'down']),
  since: Instant,
  detail: Type.Optional(Type.String()),
})
/**
 * At least every 10 s. `feeds`: broker (nothing arrives without it), database (nothing is recorded or shown), ingest (judges), fixes
 * (that tags are heard as is to be expected of them), tags (that none
 * says more than is kept of one), clocks (that those of the processes agree). `ingestLagSeconds` is null while nothing is known.
 */
export const System = Type.Object({
  type: Type.Literal('system'),
  serverTime: Instant,
  ingestLagSeconds: Nullable(Type.Number()),
  fixesPerSecond: Nullable(Type.Number({ description: 'kept, over the last minute' })),
  tagsReporting: Type.Integer(),
  tagsExpected: Type.Integer(),
  feeds: Type.Record(Type.String(), FeedState),
})
export const Ping = Type.Object({ type: Type.Literal('ping') })
export const StreamError = Type.Object({ type: Type.Literal('error'), code: Type.String(), detail: Type.String() })
export const ServerMessage = Type.Union([
  Hello,
  Snapshot,
  Positions,
  IncidentMessage,
  Provisional,
  System,
  Ping,
  StreamError,
])
export type ServerMessage = Static<typeof ServerMessage>
export type IncidentMessage = Static<typeof IncidentMessage>
export type SystemMessage = Static<typeof System>
export type SnapshotMessage = Static<typeof Snapshot>
export type FeedState = Static<typeof FeedState>

export const STREAM_PATH = '/api/v1/stream'
export const STREAM_PROTOCOL = 'cordon.v1'
