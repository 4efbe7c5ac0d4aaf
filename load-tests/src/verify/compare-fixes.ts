import type { PublishedTag } from '../generator/messages.ts'

/** What the database holds of one tag. */
export interface KeptTag {
  readonly id: string
  readonly rows: number
  /** Different sequence numbers. */
  readonly distinct: number
  readonly lowest: number
  readonly highest: number
  /** Fixes kept that the broker had not acknowledged to the tag: allowed, not promised. */
  readonly unacknowledged: number
}

export interface FixVerdict {
  readonly acknowledged: number
  readonly kept: number
  /** Acknowledged by the broker and not in the database. */
  readonly lost: number
  /** In the database more than once, or never published. */
  readonly doubled: number
}

/** Every acknowledged fix is kept exactly once. A tag numbers its fixes from 1 on without a gap, so counts prove it. */
export function compareFixes(published: readonly PublishedTag[], kept: readonly KeptTag[]): FixVerdict {
  const keptOf = new Map(kept.map(tag => [tag.id, tag]))
  const verdict = { acknowledged: 0, kept: 0, lost: 0, doubled: 0 }
  for (const { id, fixes, unacknowledged } of published) {
    const tag = keptOf.get(id) ?? { rows: 0, distinct: 0, lowest: 1, highest: 0, unacknowledged: 0 }
    const promised = fixes - unacknowledged.length
    verdict.acknowledged += promised
    verdict.kept += tag.rows
    verdict.lost += Math.max(0, promised - (tag.distinct - tag.unacknowledged))
    verdict.doubled += tag.rows - tag.distinct + Math.max(0, tag.highest - fixes) + Math.max(0, 1 - tag.lowest)
    keptOf.delete(id)
  }
  for (const { rows } of keptOf.values()) verdict.doubled += rows
  return verdict
}
