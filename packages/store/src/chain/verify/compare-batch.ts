import type { ManifestEntry } from '../manifest.ts'
import type { StoredFix } from './read-stored-fixes.ts'

/** A row and the mark that it would have been sealed with. */
export interface MarkedRow extends StoredFix {
  readonly mark: string
}

/** How the rows of a batch differ from what was sealed of them. */
export interface BatchDifference {
  /** Sealed, and there is a row of the same activation and time, or else only of the same activation, that says otherwise. */
  readonly altered: readonly { readonly sealed: ManifestEntry; readonly stored: MarkedRow }[]
  readonly missing: readonly ManifestEntry[]
  readonly inserted: readonly MarkedRow[]
}

const whole = ({ activationId, measuredAt, mark }: ManifestEntry | MarkedRow) => `${activationId}/${measuredAt}/${mark}`
const moment = ({ activationId, measuredAt }: ManifestEntry | MarkedRow) => `${activationId}/${measuredAt}`
const ofWhom = ({ activationId }: ManifestEntry | MarkedRow) => activationId

export function compareBatch(sealed: readonly ManifestEntry[], stored: readonly MarkedRow[]): BatchDifference {
  const same = pair(sealed, stored, whole)
  const atMoment = pair(same.sealed, same.stored, moment)
  const ofActivation = pair(atMoment.sealed, atMoment.stored, ofWhom)
  return {
    altered: [...atMoment.pairs, ...ofActivation.pairs],
    missing: ofActivation.sealed,
    inserted: ofActivation.stored,
  }
}

interface Paired {
  readonly pairs: readonly { readonly sealed: ManifestEntry; readonly stored: MarkedRow }[]
  /** What found no other. */
  readonly sealed: readonly ManifestEntry[]
  readonly stored: readonly MarkedRow[]
}

/** Each row with one entry of the same key, as far as there are both. */
function pair(
  sealed: readonly ManifestEntry[],
  stored: readonly MarkedRow[],
  keyOf: (of: ManifestEntry | MarkedRow) => string,
): Paired {
  if (sealed.length === 0 || stored.length === 0) return { pairs: [], sealed, stored }
  const waiting = new Map<string, ManifestEntry[]>()
  for (const entry of sealed) {
    const same = waiting.get(keyOf(entry))
    if (same === undefined) waiting.set(keyOf(entry), [entry])
    else same.push(entry)
  }
  const pairs: { sealed: ManifestEntry; stored: MarkedRow }[] = []
  const alone = stored.filter(row => {
    const entry = waiting.get(keyOf(row))?.shift()
    if (entry !== undefined) pairs.push({ sealed: entry, stored: row })
    return entry === undefined
  })
  return { pairs, sealed: [...waiting.values()].flat(), stored: alone }
}
