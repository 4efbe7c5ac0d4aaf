import type { Transaction } from '../connection/store.ts'
import type { ActivationFix } from './batch.ts'
import { int8 } from './binary-array.ts'
import { encodeRows } from './encode-rows.ts'
import { FIX_COLUMN_NAMES, FIX_COLUMNS } from './fix-columns.ts'

const COPY = `copy fixes (${FIX_COLUMN_NAMES}, batch_id) from stdin (format binary)`

/** Writes fixes of which none is there yet; one that is undoes the transaction with a unique violation. */
export function copyFixes(inside: Transaction, fixes: readonly ActivationFix[], batchId: number): Promise<number> {
  const columns = [...FIX_COLUMNS, int8<ActivationFix>(() => batchId)]
  const { bytes, ends } = encodeRows(fixes, columns)
  return inside.copy(COPY, withFieldCounts(bytes, ends, columns.length))
}

/** COPY wants the number of fields in front of each row. */
function withFieldCounts(bytes: Buffer, ends: Uint32Array, fields: number): Buffer {
  const rows = Buffer.allocUnsafe(bytes.length + 2 * ends.length)
  let [from, to] = [0, 0]
  for (const end of ends) {
    to = rows.writeInt16BE(fields, to)
    to += bytes.copy(rows, to, from, end)
    from = end
  }
  return rows
}
