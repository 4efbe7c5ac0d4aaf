import type { Queryable } from '../connection/store.ts'
import type { Mention } from './find-mentions.ts'

const REMOVED = {
  name: 'mark-erasure-removed',
  text: `update erasures set state = 'removed', removed_at = clock_timestamp(), mentions = $2, proof = $3 where id = $1`,
}
const CERTIFIED = {
  name: 'mark-erasure-certified',
  text: `update erasures set state = 'certified', certified_at = clock_timestamp(), proof = coalesce(proof, '{}') || $2 where id = $1`,
}

export interface FoundAtTheEnd {
  readonly mentions: readonly Mention[]
  /** Rows left of tables that can no longer be asked once the activations are gone. */
  readonly left: Readonly<Record<string, number>>
}

/** Everything is removed; the proof is still to come. */
export async function markErasureRemoved(inside: Queryable, id: string, found: FoundAtTheEnd): Promise<void> {
  await inside.query(REMOVED, [id, JSON.stringify(found.mentions), JSON.stringify(found.left)])
}

/** The proof stands: rows left by table, all of them nought. */
export async function markErasureCertified(
  inside: Queryable,
  id: string,
  left: Readonly<Record<string, number>>,
): Promise<void> {
  await inside.query(CERTIFIED, [id, JSON.stringify(left)])
}
