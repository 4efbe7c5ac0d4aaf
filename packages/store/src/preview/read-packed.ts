import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type FixColumns, PACKED_FIXES, unpackFixes } from '../tracks/unpack-fixes.ts'
import { RANGED_FIXES, rangeValues, type TrackRange } from './track-range.ts'

const READ = `select fix.activation_id as "activationId", ${PACKED_FIXES} as packed from ${RANGED_FIXES} group by 1`

const READ_KEPT = `
  select fix.activation_id as "activationId", ${PACKED_FIXES} as packed
    from unnest($6::bigint[], $7::timestamptz[]) as kept (id, hour)
    join (select fix.* from ${RANGED_FIXES}) fix
      on fix.activation_id = kept.id and date_bin('1 hour', measured_at, 'epoch') = kept.hour
   group by 1`

export interface KeptHour {
  readonly activationId: ActivationId
  /** Epoch milliseconds of its beginning. */
  readonly hour: number
}

interface Row {
  readonly activationId: ActivationId
  readonly packed: Buffer
}

/** The fixes of all ranges in one statement: fixes lie in the order of receipt, so one pass over them serves all activations. */
export async function readPacked(
  database: Queryable,
  ranges: readonly TrackRange[],
  kept: readonly KeptHour[] | 'all',
): Promise<ReadonlyMap<ActivationId, FixColumns>> {
  const values = rangeValues(ranges)
  const rows =
    kept === 'all'
      ? await database.query<Row>(READ, values)
      : await database.query<Row>(READ_KEPT, [
          ...values,
          kept.map(({ activationId }) => activationId),
          kept.map(({ hour }) => new Date(hour)),
        ])
  return new Map(rows.map(({ activationId, packed }) => [activationId, unpackFixes(packed)]))
}
