import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { Box } from './keep-hours.ts'
import { RANGED_FIXES, rangeValues, type TrackRange } from './track-range.ts'

/** What an activation's fixes of one UTC hour come to: the rectangle of their positions. */
export interface TrackHour extends Box {
  readonly activationId: ActivationId
  /** Epoch milliseconds of its beginning. */
  readonly hour: number
  readonly fixes: number
  /** Bit n: the quarter hour n, from 0, has a fix. */
  readonly quarters: number
}

// date_part, not extract: that one is numeric, and takes three times as long.
const READ = `
  select fix.activation_id as "activationId", date_bin('1 hour', measured_at, 'epoch') as hour,
         min(lon) as west, max(lon) as east, min(lat) as south, max(lat) as north,
         count(*)::int as fixes, bit_or(1 << date_part('minute', measured_at)::int / 15) as quarters
    from ${RANGED_FIXES}
   group by 1, 2 order by 1, 2`

/** The hours with a fix, by activation, oldest first. */
export function readHours(database: Queryable, ranges: readonly TrackRange[]): Promise<readonly TrackHour[]> {
  return database.query<TrackHour>(READ, rangeValues(ranges))
}
