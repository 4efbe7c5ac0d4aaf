import type { ActivationId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import type { Box } from './keep-hours.ts'
import { rangedFixes, type TrackRange } from './track-range.ts'

/** What an activation's fixes of one UTC hour come to: the rectangle of their positions. */
export interface TrackHour extends Box {
  readonly activationId: ActivationId
  /** Epoch milliseconds of its beginning. */
  readonly hour: number
  readonly fixes: number
  /** Bit n: the quarter hour n, from 0, has a fix. */
  readonly quarters: number
}

/** The hours with a fix, by activation, oldest first. (date_part, not extract: that one is numeric, and takes three times as long.) */
export function readHours(database: Queryable, ranges: readonly TrackRange[]): Promise<readonly TrackHour[]> {
  const { from, values } = rangedFixes(ranges)
  const read = `
    select fix.activation_id as "activationId", date_bin('1 hour', measured_at, 'epoch') as hour,
           min(lon) as west, max(lon) as east, min(lat) as south, max(lat) as north,
           count(*)::int as fixes, bit_or(1 << date_part('minute', measured_at)::int / 15) as quarters
      ${from}
     group by 1, 2 order by 1, 2`
  return database.query<TrackHour>(read, values)
}
