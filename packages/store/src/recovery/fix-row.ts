import { FIX_SOURCES, type Fix, type FixSource } from '@cordon/contract'

/** A row of `fixes`. */
export interface FixRow {
  readonly measured_at: number
  readonly seq: string
  readonly received_at: number
  readonly sent_at: number | null
  readonly lon: number
  readonly lat: number
  readonly accuracy_m: number | null
  readonly speed_mps: number | null
  readonly heading_deg: number | null
  readonly altitude_m: number | null
  readonly hdop: number | null
  readonly battery: number | null
  readonly satellites: number | null
  readonly source: number
}

export function toFix(row: FixRow): Fix {
  return {
    measuredAt: row.measured_at,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    lon: row.lon,
    lat: row.lat,
    accuracyM: row.accuracy_m,
    source: toSource(row.source),
    seq: Number(row.seq),
    speedMps: row.speed_mps,
    headingDeg: row.heading_deg,
    altitudeM: row.altitude_m,
    satellites: row.satellites,
    hdop: row.hdop,
    battery: row.battery,
  }
}

function toSource(index: number): FixSource {
  const source = FIX_SOURCES[index]
  if (source === undefined) throw new RangeError(`fixes.source ${index} is none that this program knows`)
  return source
}
