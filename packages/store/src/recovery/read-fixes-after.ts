import { type ActivationId, asId, FIX_SOURCES, type Fix, type FixSource } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { ActivationFix } from '../write/batch.ts'

export interface ReplayStart {
  readonly activationId: ActivationId
  /** Of the stored watch state: what was measured then or later is given. null when there is no state. */
  readonly judgedThrough: number | null
  /** The beginning of the activation: where to start when there is no state. */
  readonly from: number
}

export interface ReplayOptions {
  readonly now: number
  /** Without a state nothing older than this is given, however long the activation has lasted. */
  readonly horizonMs?: number
  /** Activations asked for at once, and fixes of each at most: a chunk holds up to their product. */
  readonly activationsAtOnce?: number
  readonly fixesAtOnce?: number
}

export const REPLAY_HORIZON_MS = 72 * 3_600_000
const ACTIVATIONS_AT_ONCE = 250
const FIXES_AT_ONCE = 100

/** `measured_at >= $4` lets TimescaleDB leave out whole chunks; the pair with seq says where within a millisecond to go on. */
const READ_FIXES = {
  name: 'read-fixes-after',
  text: `
    select fix.*
      from unnest($1::bigint[], $2::timestamptz[], $3::bigint[]) as start (activation_id, measured_at, seq)
     cross join lateral (
       select * from fixes
        where fixes.activation_id = start.activation_id
          and fixes.measured_at >= $4
          and (fixes.measured_at, fixes.seq) > (start.measured_at, start.seq)
        order by fixes.measured_at, fixes.seq
        limit $5
     ) fix`,
}

interface Row {
  readonly activation_id: string
  readonly measured_at: number
  readonly seq: string
  readonly received_at: number
  readonly sent_at: number | null
  readonly lon: number
  readonly lat: number
  readonly accuracy_m: number | null
  readonly speed_mps: number | null
  readonly heading_deg: number | null
  readonly altitude_m: number | null
  readonly hdop: number | null
  readonly battery: number | null
  readonly satellites: number | null
  readonly source: number
}

/** The place after which to go on reading one activation. */
interface Place {
  readonly activationId: ActivationId
  readonly measuredAt: number
  readonly seq: string
}

/** Less than any sequence number: all of that very millisecond is given again, and what was judged of it is a silent repeat. */
const BEFORE_ALL = '-1'

/**
 * The stored fixes that the engine has not judged, in chunks of bounded size. Within an activation they come in the order of
 * measurement (then sequence), across chunks too; activations come in no particular order.
 */
export async function* readFixesAfter(
  database: Queryable,
  starts: readonly ReplayStart[],
  options: ReplayOptions,
): AsyncGenerator<readonly ActivationFix[]> {
  const { now, horizonMs = REPLAY_HORIZON_MS, fixesAtOnce = FIXES_AT_ONCE } = options
  const atOnce = options.activationsAtOnce ?? ACTIVATIONS_AT_ONCE
  for (let index = 0; index < starts.length; index += atOnce) {
    let places = starts.slice(index, index + atOnce).map(start => firstPlace(start, now - horizonMs))
    while (places.length > 0) {
      const fixes = await readChunk(database, places, fixesAtOnce)
      if (fixes.length > 0) yield fixes
      places = placesToGoOn(fixes, fixesAtOnce)
    }
  }
}

function firstPlace({ activationId, judgedThrough, from }: ReplayStart, horizon: number): Place {
  if (judgedThrough !== null) return { activationId, measuredAt: judgedThrough, seq: BEFORE_ALL }
  return { activationId, measuredAt: Math.max(from, horizon), seq: BEFORE_ALL }
}

async function readChunk(
  database: Queryable,
  places: readonly Place[],
  fixesAtOnce: number,
): Promise<readonly ActivationFix[]> {
  const rows = await database.query<Row>(READ_FIXES, [
    places.map(({ activationId }) => activationId),
    places.map(({ measuredAt }) => new Date(measuredAt)),
    places.map(({ seq }) => seq),
    new Date(Math.min(...places.map(({ measuredAt }) => measuredAt))),
    fixesAtOnce,
  ])
  return rows.map(row => ({ activationId: asId<ActivationId>(row.activation_id), fix: toFix(row) }))
}

/** An activation that filled its share may have more. */
function placesToGoOn(fixes: readonly ActivationFix[], fixesAtOnce: number): Place[] {
  const counts = new Map<ActivationId, number>()
  const places: Place[] = []
  for (const { activationId, fix } of fixes) {
    const count = (counts.get(activationId) ?? 0) + 1
    counts.set(activationId, count)
    if (count === fixesAtOnce) places.push({ activationId, measuredAt: fix.measuredAt, seq: String(fix.seq) })
  }
  return places
}

function toFix(row: Row): Fix {
  return {
    measuredAt: row.measured_at,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    lon: row.lon,
    lat: row.lat,
    accuracyM: row.accuracy_m,
    source: toSource(row.source),
    seq: Number(row.seq),
    speedMps: row.speed_mps,
    headingDeg: row.heading_deg,
    altitudeM: row.altitude_m,
    satellites: row.satellites,
    hdop: row.hdop,
    battery: row.battery,
  }
}

function toSource(index: number): FixSource {
  const source = FIX_SOURCES[index]
  if (source === undefined) throw new RangeError(`fixes.source ${index} is none that this program knows`)
  return source
}
