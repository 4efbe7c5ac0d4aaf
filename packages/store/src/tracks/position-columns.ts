import { FIX_SOURCES } from '@cordon/contract'
import { instant } from '../paging/select.ts'

/** `source` of a fix is an index from 0 into the contract's list. */
const SOURCE = `(array[${FIX_SOURCES.map(source => `'${source}'`).join(', ')}])[f.source + 1]`

// float4 columns go through text: read as float8 directly, 6.1 would be 6.099999904632568.
const real = (column: string) => `f.${column}::text::float8`

/** Of `activations a` and `fixes f`, as the contract's Position. */
export const POSITION = `a.wearer_id as "wearerId", a.id as "activationId", ${instant('f.measured_at')} as time,
  ${instant('f.received_at')} as "receivedAt", f.lat, f.lon, ${real('accuracy_m')} as accuracy, ${SOURCE} as source,
  ${real('speed_mps')} as speed, ${real('heading_deg')} as heading, ${real('battery')} as battery`

/** What a position says to be unknown with null. */
export const POSITION_NULLABLE = ['accuracy', 'speed', 'heading', 'battery']

/** What a track gives beyond a position. */
export const FIX = `${POSITION}, f.seq::float8 as seq, ${real('altitude_m')} as altitude, f.satellites, ${real('hdop')} as hdop`
export const FIX_NULLABLE = [...POSITION_NULLABLE, 'altitude', 'satellites', 'hdop']
