import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type FixColumns, PACKED_FIXES, unpackFixes } from './unpack-fixes.ts'

export interface FixColumnsQuestion {
  readonly activationId: ActivationId
  /** Epoch milliseconds: measured from this on, and before that. */
  readonly from: number
  readonly to: number
}

const READ = {
  name: 'read-fix-columns',
  text: `select ${PACKED_FIXES} as packed from fixes where activation_id = $1 and measured_at >= $2 and measured_at < $3`,
}

/**
 * The stored fixes of an activation in a time, in the order of measurement: as rows a million of them keep this process from
 * anything else for 6 s, as packed bytes for 0.4 s.
 */
export async function readFixColumns(
  database: Queryable,
  { activationId, from, to }: FixColumnsQuestion,
): Promise<FixColumns> {
  const [row] = await database.query<{ packed: Buffer | null }>(READ, [activationId, new Date(from), new Date(to)])
  return unpackFixes(row?.packed ?? Buffer.alloc(0))
}
