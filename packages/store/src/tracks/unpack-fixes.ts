/** Fixes by column. `NaN`: the tag did not say. Times are epoch milliseconds, `source` an index into FIX_SOURCES of the contract. */
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

/** Many fixes as one value: each value in PostgreSQL's own binary form, 8 bytes each but the last. In no order. */
export const PACKED_FIXES = `
  string_agg(timestamptz_send(measured_at) || timestamptz_send(received_at) || int8send(seq) || float8send(lon)
    || float8send(lat) || float8send(coalesce(accuracy_m, 'NaN')) || float8send(coalesce(speed_mps, 'NaN'))
    || int2send(source), ''::bytea)`

const ROW_BYTES = 7 * 8 + 2
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1)
const MICROSECONDS_PER_MS = 1_000
const HIGH_WORD = 2 ** 32

/** In the order of measurement, then sequence. */
export function unpackFixes(packed: Buffer): FixColumns {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  const columns = emptyColumns(packed.byteLength / ROW_BYTES)
  for (const [row, place] of orderOf(view).entries()) readRow(view, place * ROW_BYTES, columns, row)
  return columns
}

function emptyColumns(length: number): FixColumns {
  return {
    measuredAt: new Float64Array(length),
    receivedAt: new Float64Array(length),
    seq: new Float64Array(length),
    lon: new Float64Array(length),
    lat: new Float64Array(length),
    accuracyM: new Float64Array(length),
    speedMps: new Float64Array(length),
    source: new Uint8Array(length),
  }
}

function readRow(view: DataView, offset: number, columns: FixColumns, row: number): void {
  columns.measuredAt[row] = instant(view, offset)
  columns.receivedAt[row] = instant(view, offset + 8)
  columns.seq[row] = whole(view, offset + 16)
  columns.lon[row] = view.getFloat64(offset + 24)
  columns.lat[row] = view.getFloat64(offset + 32)
  columns.accuracyM[row] = view.getFloat64(offset + 40)
  columns.speedMps[row] = view.getFloat64(offset + 48)
  columns.source[row] = view.getInt16(offset + 56)
}

const whole = (view: DataView, offset: number) => view.getInt32(offset) * HIGH_WORD + view.getUint32(offset + 4)
const instant = (view: DataView, offset: number) => Math.floor(whole(view, offset) / MICROSECONDS_PER_MS) + EPOCH_MS

/** Places of the rows in order. They come as they were stored, so nearly sorted: the sort of V8 is quick on runs. */
function orderOf(view: DataView): Uint32Array {
  const places = Uint32Array.from({ length: view.byteLength / ROW_BYTES }, (_, place) => place)
  const compare = (a: number, b: number): number =>
    whole(view, a * ROW_BYTES) - whole(view, b * ROW_BYTES) ||
    whole(view, a * ROW_BYTES + 16) - whole(view, b * ROW_BYTES + 16)
  const isSorted = places.every((place, i) => i === 0 || compare(i - 1, place) <= 0)
  return isSorted ? places : places.sort(compare)
}
