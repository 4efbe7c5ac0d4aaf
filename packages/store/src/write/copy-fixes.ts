import type { Transaction } from '../connection/store.ts'
import type { EncodedRows } from './encode-rows.ts'
import { FIX_COLUMN_NAMES, FIX_COLUMNS } from './fix-columns.ts'

const COPY = `copy fixes (${FIX_COLUMN_NAMES}, batch_id) from stdin (format binary)`

/** Writes fixes (FIX_COLUMNS) of which none is there yet; one that is undoes the transaction with a unique violation. */
export function copyFixes(inside: Transaction, rows: EncodedRows, batchId: number): Promise<number> {
  return inside.copy(COPY, frameRows(rows, batchId))
}

/** In front of each row how many fields it has, behind it the batch. */
export function frameRows({ bytes, ends }: EncodedRows, batchId: number): Buffer {
  const last = Buffer.alloc(12)
  last.writeInt32BE(8)
  last.writeBigInt64BE(BigInt(batchId), 4)
  const framed = Buffer.allocUnsafe(bytes.length + (2 + last.length) * ends.length)
  let [from, to] = [0, 0]
  for (const end of ends) {
    to = framed.writeInt16BE(FIX_COLUMNS.length + 1, to)
    to += bytes.copy(framed, to, from, end)
    to += last.copy(framed, to)
    from = end
  }
  return framed
}
