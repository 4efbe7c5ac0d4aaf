import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

/**
 * Fixes by column, for whoever goes through many at once: as rows a million of them keep this process from anything else for 6 s,
 * as packed bytes for 0.4 s. `NaN`: the tag did not say. Times are epoch milliseconds, `source` an index into FIX_SOURCES.
 */
export interface FixColumns {
  readonly measuredAt: Float64Array<ArrayBuffer>
  readonly receivedAt: Float64Array<ArrayBuffer>
  readonly seq: Float64Array<ArrayBuffer>
  readonly lon: Float64Array<ArrayBuffer>
  readonly lat: Float64Array<ArrayBuffer>
  readonly accuracyM: Float64Array<ArrayBuffer>
  readonly speedMps: Float64Array<ArrayBuffer>
  readonly source: Uint8Array<ArrayBuffer>
}

export interface FixColumnsQuestion {
  readonly activationId: ActivationId
  /** Epoch milliseconds: measured from this on, and before that. */
  readonly from: number
  readonly to: number
}

// Every value in PostgreSQL's own binary form, 8 bytes each but the last. In no order: the reader sorts what is nearly sorted.
const READ = {
  name: 'read-fix-columns',
  text: `
    select string_agg(timestamptz_send(measured_at) || timestamptz_send(received_at) || int8send(seq) || float8send(lon)
             || float8send(lat) || float8send(coalesce(accuracy_m, 'NaN')) || float8send(coalesce(speed_mps, 'NaN'))
             || int2send(source), ''::bytea) as packed
      from fixes where activation_id = $1 and measured_at >= $2 and measured_at < $3`,
}

const ROW_BYTES = 7 * 8 + 2
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const MICROSECONDS_PER_MS = 1_000
const HIGH_WORD = 2 ** 32

/** The stored fixes of an activation in a time, in no order. */
export async function readFixColumns(
  database: Queryable,
  { activationId, from, to }: FixColumnsQuestion,
): Promise<FixColumns> {
  const [row] = await database.query<{ packed: Buffer | null }>(READ, [activationId, new Date(from), new Date(to)])
  return unpack(row?.packed ?? Buffer.alloc(0))
}

function unpack(packed: Buffer): FixColumns {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const count = packed.byteLength / ROW_BYTES
  const column = (place: number, read: (offset: number) => number) =>
    Float64Array.from({ length: count }, (_, row) => read(row * ROW_BYTES + place * 8))
  const whole = (offset: number) => view.getInt32(offset) * HIGH_WORD + view.getUint32(offset + 4)
  const instant = (offset: number) => Math.floor(whole(offset) / MICROSECONDS_PER_MS) + EPOCH_MS
  const number = (offset: number) => view.getFloat64(offset)
  return {
    measuredAt: column(0, instant),
    receivedAt: column(1, instant),
    seq: column(2, whole),
    lon: column(3, number),
    lat: column(4, number),
    accuracyM: column(5, number),
    speedMps: column(6, number),
    source: Uint8Array.from({ length: count }, (_, row) => view.getInt16(row * ROW_BYTES + 7 * 8)),
  }
}
