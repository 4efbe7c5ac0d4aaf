import { FIX_SOURCES } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { ActivationFix } from './batch.ts'
import { type Column, encodeColumn, float4, float8, id, int2, int8, timestamptz } from './binary-array.ts'

/** In the order of the statement's columns. */
const COLUMNS: readonly Column<ActivationFix>[] = [
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

const INSERT_FIXES = {
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
    COLUMNS.map(column => encodeColumn(fixes, column)),
  )
}
