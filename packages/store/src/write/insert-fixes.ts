import type { Queryable } from '../connection/store.ts'
import type { ActivationFix } from './batch.ts'
import { encodeColumn } from './binary-array.ts'
import { FIX_COLUMN_NAMES, FIX_COLUMNS } from './fix-columns.ts'

/** Measured by write.bench.ts against other ways; see copy-fixes.ts for the one that cannot meet a duplicate. */
export const INSERT_FIXES = {
  name: 'insert-fixes',
  text: `
    insert into fixes (${FIX_COLUMN_NAMES}, batch_id)
    select *, $16::bigint
      from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::timestamptz[], $5::timestamptz[],
                         $6::float8[], $7::float8[], $8::float8[], $9::float8[],
                         $10::float4[], $11::float4[], $12::float4[], $13::float4[], $14::int2[], $15::int2[])
    on conflict do nothing`,
}

/** Writes the fixes that are not there yet and gives their number. The first of several fixes of one identity stays. */
export async function insertFixes(
  database: Queryable,
  fixes: readonly ActivationFix[],
  batchId: number | null,
): Promise<number> {
  const columns: unknown[] = FIX_COLUMNS.map(column => encodeColumn(fixes, column))
  return database.execute(INSERT_FIXES, [...columns, batchId])
}
