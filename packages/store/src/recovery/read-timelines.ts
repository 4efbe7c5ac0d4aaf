import { type ActivationId, asId, type DeviceEventType } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { ActivationEvent, ActivationFix } from '../write/batch.ts'
import { type FixRow, toFix } from './fix-row.ts'

export interface TimelineStart {
  readonly activationId: ActivationId
  /** What was measured then or later is given: of a stored state or checkpoint. null when there is none. */
  readonly after: number | null
  /** Where to start when there is none: the beginning of the activation, say. */
  readonly from: number
}

export interface TimelineOptions {
  /** Observations in one chunk at most, of all activations together. */
  readonly limit?: number
  /** Only what was measured before it. */
  readonly to?: number
}

export type StoredObservation = ActivationFix | ActivationEvent

/** How far back an activation without a state is read after a restart. */
export const REPLAY_HORIZON_MS = 72 * 3_600_000
const LIMIT = 25_000
const ACTIVATIONS_AT_ONCE = 250

/** `measured_at >= $7` lets TimescaleDB leave out whole chunks; the rows say where within a millisecond to go on. */
const READ_TIMELINES = {
  name: 'read-timelines',
  text: `
    select observation.*
      from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bigint[])
           as start (activation_id, event_at, event_seq, event_type, fix_at, fix_seq)
     cross join lateral (
       (select activation_id, measured_at, 0 as rank, seq, type collate "C" as type, received_at, battery,
               null::timestamptz as sent_at, null::float8 as lon, null::float8 as lat, null::float8 as accuracy_m,
               null::float8 as speed_mps, null::real as heading_deg, null::real as altitude_m, null::real as hdop,
               null::smallint as satellites, null::smallint as source
          from device_events event
         where event.activation_id = start.activation_id
           and event.measured_at >= $7 and ($8::timestamptz is null or event.measured_at < $8)
           and (event.measured_at, event.seq, event.type collate "C") > (start.event_at, start.event_seq, start.event_type)
         order by event.measured_at, event.seq, event.type collate "C"
         limit $9)
       union all
       (select activation_id, measured_at, 1, seq, '', received_at, battery,
               sent_at, lon, lat, accuracy_m, speed_mps, heading_deg, altitude_m, hdop, satellites, source
          from fixes fix
         where fix.activation_id = start.activation_id
           and fix.measured_at >= $7 and ($8::timestamptz is null or fix.measured_at < $8)
           and (fix.measured_at, fix.seq) > (start.fix_at, start.fix_seq)
         order by fix.measured_at, fix.seq
         limit $9)
       order by measured_at, rank, seq, type
       limit $9
     ) observation`,
}

interface EventRow {
  readonly activation_id: string
  readonly measured_at: number
  readonly rank: 0
  readonly seq: string
  readonly type: DeviceEventType
  readonly received_at: number
  readonly battery: number | null
}
type Row = EventRow | (FixRow & { readonly activation_id: string; readonly rank: 1 })

/** The place after which to go on reading one activation: after this event, and after this fix. */
interface Place {
  readonly activationId: ActivationId
  readonly event: { readonly at: number; readonly seq: string; readonly type: string }
  readonly fix: { readonly at: number; readonly seq: string }
}

/** Less and more than any sequence number. */
const BEFORE_ALL = '-1'
const AFTER_ALL = '9223372036854775807'

/**
 * The stored fixes and device events of activations, in chunks of bounded size. Within an activation they come in the order of
 * measurement (events before fixes, then sequence, then type), across chunks too; activations come in no particular order.
 * What was measured in the very millisecond of `after` is given too: what was judged of it is a silent repeat.
 */
export async function* readTimelines(
  database: Queryable,
  starts: readonly TimelineStart[],
  { limit = LIMIT, to }: TimelineOptions = {},
): AsyncGenerator<readonly StoredObservation[]> {
  const atOnce = Math.min(ACTIVATIONS_AT_ONCE, limit)
  for (let index = 0; index < starts.length; index += atOnce) {
    let places = starts.slice(index, index + atOnce).map(firstPlace)
    while (places.length > 0) {
      const share = Math.floor(limit / places.length)
      const observations = await readChunk(database, places, { share, to })
      if (observations.length > 0) yield observations
      places = placesToGoOn(observations, share)
    }
  }
}

function firstPlace({ activationId, after, from }: TimelineStart): Place {
  const at = after ?? from
  return { activationId, event: { at, seq: BEFORE_ALL, type: '' }, fix: { at, seq: BEFORE_ALL } }
}

async function readChunk(
  database: Queryable,
  places: readonly Place[],
  { share, to }: { readonly share: number; readonly to: number | undefined },
): Promise<readonly StoredObservation[]> {
  const rows = await database.query<Row>(READ_TIMELINES, [
    places.map(({ activationId }) => activationId),
    places.map(({ event }) => new Date(event.at)),
    places.map(({ event }) => event.seq),
    places.map(({ event }) => event.type),
    places.map(({ fix }) => new Date(fix.at)),
    places.map(({ fix }) => fix.seq),
    new Date(Math.min(...places.map(({ fix }) => fix.at))),
    to === undefined ? null : new Date(to),
    share,
  ])
  return rows.map(toObservation)
}

/** An activation that filled its share may have more. */
function placesToGoOn(observations: readonly StoredObservation[], share: number): Place[] {
  const counts = new Map<ActivationId, number>()
  const places: Place[] = []
  for (const observation of observations) {
    const { activationId } = observation
    const count = (counts.get(activationId) ?? 0) + 1
    counts.set(activationId, count)
    if (count === share) places.push(placeAfter(observation))
  }
  return places
}

/** Fixes come after the events of their millisecond. */
function placeAfter(observation: StoredObservation): Place {
  const { activationId } = observation
  if ('event' in observation) {
    const { measuredAt: at, seq, type } = observation.event
    return { activationId, event: { at, seq: String(seq), type }, fix: { at, seq: BEFORE_ALL } }
  }
  const { measuredAt: at, seq } = observation.fix
  return { activationId, event: { at, seq: AFTER_ALL, type: '' }, fix: { at, seq: String(seq) } }
}

function toObservation(row: Row): StoredObservation {
  const activationId = asId<ActivationId>(row.activation_id)
  if (row.rank === 1) return { activationId, fix: toFix(row) }
  const { measured_at: measuredAt, received_at: receivedAt, seq, type, battery } = row
  return { activationId, event: { measuredAt, receivedAt, seq: Number(seq), type, battery } }
}
