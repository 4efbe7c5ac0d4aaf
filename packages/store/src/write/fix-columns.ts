import { FIX_SOURCES } from '@cordon/contract'
import type { ActivationFix } from './batch.ts'
import { type Column, float4, float8, id, int2, int8, timestamptz } from './binary-array.ts'

/** A row of `fixes` as recorded, in the order in which its hash takes the columns: never to be changed, only added to. */
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

export const FIX_COLUMN_NAMES =
  'activation_id, measured_at, seq, received_at, sent_at, lon, lat, accuracy_m, speed_mps, heading_deg, altitude_m, hdop, battery, satellites, source'
