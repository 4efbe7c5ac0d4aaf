import type { Column } from './binary-array.ts'

/** Rows one behind the other; row i lies from `ends[i - 1]` (0 for the first) to `ends[i]`. */
export interface EncodedRows {
  readonly bytes: Buffer
  readonly ends: Uint32Array
}

/**
 * Rows as binary COPY has them (PostgreSQL's manual, COPY, file formats): each field as its length in four bytes and its bytes, -1 for
 * null, big endian. Without the number of fields that COPY puts in front of each.
 */
export function encodeRows<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): EncodedRows {
  const width = columns.reduce((sum, column) => sum + 4 + column.width, 0)
  const bytes = Buffer.allocUnsafe(rows.length * width)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const ends = new Uint32Array(rows.length)
  let offset = 0
  let place = 0
  for (const row of rows) {
    for (const column of columns) {
      const isThere = column.write(row, view, offset + 4)
      view.setInt32(offset, isThere ? column.width : -1)
      offset += isThere ? 4 + column.width : 4
    }
    ends[place++] = offset
  }
  return { bytes: bytes.subarray(0, offset), ends }
}
