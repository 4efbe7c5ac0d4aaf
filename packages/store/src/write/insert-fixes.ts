import { FIX_SOURCES } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { ActivationFix } from './batch.ts'
import { type Column, encodeColumn, float4, float8, id, int2, int8, timestamptz } from './binary-array.ts'

/** In the order of the statement's columns. */
export const FIX_COLUMNS: readonly Column<ActivationFix>[] = [
  id(({ activationId }) => activationId),
  timestamptz(({ fix }) => fix.measuredAt),
  int8(({ fix }) => fix.seq),
  timestamptz(({ fix }) => fix.receivedAt),
  timestamptz(({ fix }) => fix.sentAt),
  float8(({ fix }) => fix.lon),
  float8(({ fix }) => fix.lat),
  float8(({ fix }) => fix.accuracyM),
  float8(({ fix }) => fix.speedMps),
  float4(({ fix }) => fix.headingDeg),
  float4(({ fix }) => fix.altitudeM),
  float4(({ fix }) => fix.hdop),
  float4(({ fix }) => fix.battery),
  int2(({ fix }) => fix.satellites),
  int2(({ fix }) => FIX_SOURCES.indexOf(fix.source)),
]

/**
 * Why not COPY: it has no ON CONFLICT. QoS 1 delivers again and tags repeat themselves, so batches without a duplicate are not to be
 * counted on; a COPY that meets one undoes the transaction, and it costs a round trip more. Measured by write.bench.ts on
 * TimescaleDB 2.19 (Apache-2), PostgreSQL 17, CPU in µs a row, server + client; rows/s on two cores:
 *
 *   rows a commit                     300         1,000              5,000
 *   this                       10 + 2.0       8 + 1.4, 82,000    8 + 0.6, 109,000
 *   binary COPY                 6 + 2.9       5 + 1.3, 134,000   4 + 0.7, 180,000
 *   COPY, then INSERT …        22 + 4.3      14 + 1.9, 53,000    9 + 0.7, 100,000
 *   unnest of text arrays      11 + 7.0      10 + 5.7, 53,000   10 + 5.7, 62,000
 *
 * At 10,000 fixes a second COPY would save 3 % of one core.
 */
export const INSERT_FIXES = {
  name: 'insert-fixes',
  text: `
    insert into fixes (activation_id, measured_at, seq, received_at, sent_at, lon, lat, accuracy_m, speed_mps,
                       heading_deg, altitude_m, hdop, battery, satellites, source)
    select * from unnest($1::bigint[], $2::timestamptz[], $3::bigint[], $4::timestamptz[], $5::timestamptz[],
                         $6::float8[], $7::float8[], $8::float8[], $9::float8[],
                         $10::float4[], $11::float4[], $12::float4[], $13::float4[], $14::int2[], $15::int2[])
    on conflict do nothing`,
}

/** Writes the fixes that are not there yet and gives their number. The first of several fixes of one identity stays. */
export async function insertFixes(database: Queryable, fixes: readonly ActivationFix[]): Promise<number> {
  return database.execute(
    INSERT_FIXES,
    FIX_COLUMNS.map(column => encodeColumn(fixes, column)),
  )
}
