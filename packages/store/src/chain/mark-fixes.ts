import { hash } from 'node:crypto'
import type { ActivationFix } from '../write/batch.ts'
import { type EncodedRows, encodeRows } from '../write/encode-rows.ts'
import { FIX_COLUMNS } from '../write/fix-columns.ts'
import { MARK_BYTES, type ManifestEntry } from './manifest.ts'

/** Fixes and what a manifest says of each, both in the order of their key, each key once. */
export interface MarkedFixes {
  readonly fixes: readonly ActivationFix[]
  readonly rows: EncodedRows
  readonly entries: readonly ManifestEntry[]
}

/** Of several fixes of one key the first stays. */
export function markFixes(given: readonly ActivationFix[]): MarkedFixes {
  const fixes = [...given]
    .sort(byKey)
    .filter((fix, index, all) => index === 0 || byKey(all[index - 1] ?? fix, fix) !== 0)
  const rows = encodeRows(fixes, FIX_COLUMNS)
  const { bytes, ends } = rows
  const entries = fixes.map(({ activationId, fix }, index) => ({
    activationId,
    measuredAt: fix.measuredAt,
    mark: markOf(bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])),
  }))
  return { fixes, rows, entries }
}

/** Of a row as encodeRows writes it. One call to the library: through a hash object it takes four times as long. */
export function markOf(row: Buffer): string {
  return hash('sha256', row, 'binary').slice(0, MARK_BYTES)
}

/** Decimal ids without leading zeros: the longer is the greater. */
function byKey(one: ActivationFix, other: ActivationFix): number {
  const { activationId: a, fix } = one
  const { activationId: b, fix: otherFix } = other
  if (a !== b) return a.length - b.length || (a < b ? -1 : 1)
  return fix.measuredAt - otherFix.measuredAt || fix.seq - otherFix.seq
}
