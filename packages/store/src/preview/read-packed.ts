import { setImmediate } from 'node:timers/promises'
import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type FixColumns, PACKED_FIXES, unpackFixes } from '../tracks/unpack-fixes.ts'
import { rangedFixes, type TrackRange } from './track-range.ts'

export interface KeptHour {
  readonly activationId: ActivationId
  /** Epoch milliseconds of its beginning. */
  readonly hour: number
}

interface Row {
  readonly activationId: ActivationId
  readonly packed: Buffer
}

/**
 * The fixes of all ranges, or those of the kept hours among them, in one statement: fixes lie in the order of receipt, so one pass
 * over them serves all activations.
 */
export async function readPacked(
  database: Queryable,
  ranges: readonly TrackRange[],
  kept: readonly KeptHour[] | 'all',
): Promise<ReadonlyMap<ActivationId, FixColumns>> {
  const { sql, values } = statement(ranges, kept)
  const rows = await database.query<Row>(sql, values)
  const columns = new Map<ActivationId, FixColumns>()
  for (const { activationId, packed } of rows) {
    await setImmediate() // 20,000 fixes take some milliseconds: whoever else waits for this process is heard in between
    columns.set(activationId, unpackFixes(packed))
  }
  return columns
}

function statement(ranges: readonly TrackRange[], kept: readonly KeptHour[] | 'all') {
  const { from, values } = rangedFixes(ranges)
  const select = `select fix.activation_id as "activationId", ${PACKED_FIXES} as packed`
  if (kept === 'all') return { sql: `${select} ${from} group by 1`, values }
  const [ids, hours] = [`$${values.length + 1}`, `$${values.length + 2}`]
  const sql = `${select}
      from unnest(${ids}::bigint[], ${hours}::timestamptz[]) as kept (id, hour)
      join (select fix.* ${from}) fix on fix.activation_id = kept.id and date_bin('1 hour', measured_at, 'epoch') = kept.hour
     group by 1`
  return {
    sql,
    values: [...values, kept.map(({ activationId }) => activationId), kept.map(({ hour }) => new Date(hour))],
  }
}
