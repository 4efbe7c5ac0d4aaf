import { FIX_COLUMN_NAMES } from '../../write/fix-columns.ts'
import type { Snapshot } from './snapshot.ts'

export interface StoredFix {
  /** null: recorded before there was a chain, or not by Cordon. */
  readonly batchId: number | null
  readonly activationId: string
  /** Epoch ms, of the database's microseconds. */
  readonly measuredAt: number
  readonly seq: string
  readonly receivedAt: number
  /** As encodeRows writes it. */
  readonly row: Buffer
}

export interface Period {
  /** [from, to), epoch ms. */
  readonly from: number
  readonly to: number
}

/** The fixes measured in the period, batch by batch, in the order in which a manifest has them. */
export async function* readStoredFixes(snapshot: Snapshot, { from, to }: Period): AsyncGenerator<StoredFix> {
  const instant = (at: number) => `'${new Date(at).toISOString()}'`
  const query = `select batch_id, ${FIX_COLUMN_NAMES} from fixes where measured_at >= ${instant(from)} and measured_at < ${instant(to)}
    order by batch_id nulls first, activation_id, measured_at, seq`
  let rest: Buffer = Buffer.alloc(0)
  let isStarted = false
  for await (const chunk of snapshot.copyOut(query)) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    if (!isStarted && bytes.length < COPY_HEAD_BYTES) {
      rest = bytes
      continue
    }
    let offset = isStarted ? 0 : COPY_HEAD_BYTES
    isStarted = true
    for (let end = endOfRow(bytes, offset); end !== null; end = endOfRow(bytes, offset)) {
      yield toFix(bytes.subarray(offset, end))
      offset = end
    }
    rest = bytes.subarray(offset)
  }
}

/** Signature, flags, and no extension (PostgreSQL's manual, COPY, file formats). */
const COPY_HEAD_BYTES = 19
const FIELDS = 16

/** Null when the row is not whole yet, or when there are no more. */
function endOfRow(bytes: Buffer, start: number): number | null {
  let offset = start + 2
  if (offset > bytes.length || bytes.readInt16BE(start) < 0) return null
  for (let field = 0; field < FIELDS; field++) {
    if (offset + 4 > bytes.length) return null
    const length = bytes.readInt32BE(offset)
    offset += 4 + Math.max(length, 0)
  }
  return offset <= bytes.length ? offset : null
}

/** Where the values of the first four columns lie behind the batch's: eight bytes each, never null. */
const [ACTIVATION, MEASURED, SEQ, RECEIVED] = [4, 16, 28, 40] as const
const POSTGRES_EPOCH_MS = 946_684_800_000

function toFix(row: Buffer): StoredFix {
  const hasBatch = row.readInt32BE(2) > 0
  const recorded = row.subarray(hasBatch ? 14 : 6)
  const instant = (offset: number) => Number(recorded.readBigInt64BE(offset)) / 1_000 + POSTGRES_EPOCH_MS
  return {
    batchId: hasBatch ? Number(row.readBigInt64BE(6)) : null,
    activationId: recorded.readBigInt64BE(ACTIVATION).toString(),
    measuredAt: instant(MEASURED),
    seq: recorded.readBigInt64BE(SEQ).toString(),
    receivedAt: instant(RECEIVED),
    row: recorded,
  }
}
