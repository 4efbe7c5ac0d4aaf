import { FIX_SOURCES, type Fix } from '@cordon/contract'
import type { FixColumns } from '@cordon/store'

/** Fixes as the engine takes them, in the same order. What it does not judge by was not read, and is said to be unknown. */
export function toFixes(columns: FixColumns): Fix[] {
  return Array.from(columns.measuredAt, (measuredAt, row) => ({
    measuredAt,
    sentAt: null,
    receivedAt: columns.receivedAt[row] ?? measuredAt,
    lon: columns.lon[row] ?? Number.NaN,
    lat: columns.lat[row] ?? Number.NaN,
    accuracyM: orNull(columns.accuracyM[row]),
    source: FIX_SOURCES[columns.source[row] ?? 0] ?? 'gnss',
    seq: columns.seq[row] ?? 0,
    speedMps: orNull(columns.speedMps[row]),
    headingDeg: null,
    altitudeM: null,
    satellites: null,
    hdop: null,
    battery: null,
  }))
}

const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value)
