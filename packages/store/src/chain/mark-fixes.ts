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

/** Of several fixes of one key the first stays. Null when the secret of one of the activations is not known. */
export function markFixes(
  given: readonly ActivationFix[],
  secretOf: (activationId: string) => string | undefined,
): MarkedFixes | null {
  const fixes = [...given]
    .sort(byKey)
    .filter((fix, index, all) => index === 0 || byKey(all[index - 1] ?? fix, fix) !== 0)
  const rows = encodeRows(fixes, FIX_COLUMNS)
  const { bytes, ends } = rows
  const markOf = createMarker()
  const entries: ManifestEntry[] = []
  for (const [index, { activationId, fix }] of fixes.entries()) {
    const secret = secretOf(activationId)
    if (secret === undefined) return null
    const row = bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])
    entries.push({ activationId, measuredAt: fix.measuredAt, mark: markOf(secret, row) })
  }
  return { fixes, rows, entries }
}

const SECRET_BYTES = 32
const MOST_BYTES = FIX_COLUMNS.reduce((sum, { width }) => sum + 4 + width, SECRET_BYTES)

/** The mark of a row as encodeRows writes it, made with the secret of its activation (latin1; empty in format 1). */
export type Marker = (secret: string, row: Buffer) => string

/**
 * SHA-256 of the secret and the row behind it. Of the hash only the first bytes are kept, so it cannot be continued for a longer row.
 * One call to the library: through a hash object, as an HMAC would need two, it takes four times as long.
 */
export function createMarker(): Marker {
  const bytes = Buffer.allocUnsafe(MOST_BYTES)
  return (secret, row) => {
    const length = bytes.write(secret, 'latin1')
    row.copy(bytes, length)
    return hash('sha256', bytes.subarray(0, length + row.length), 'binary').slice(0, MARK_BYTES)
  }
}

/** Decimal ids without leading zeros: the longer is the greater. */
function byKey(one: ActivationFix, other: ActivationFix): number {
  const { activationId: a, fix } = one
  const { activationId: b, fix: otherFix } = other
  if (a !== b) return a.length - b.length || (a < b ? -1 : 1)
  return fix.measuredAt - otherFix.measuredAt || fix.seq - otherFix.seq
}
