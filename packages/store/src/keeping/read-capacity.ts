import type { Queryable } from '../connection/store.ts'

export interface CapacityOf {
  /** `database`, `table fixes`, `numbers incidents_id_seq`, … */
  readonly what: string
  /** Epoch milliseconds of the newest sample. */
  readonly at: number
  /** Bytes, or numbers taken. */
  readonly used: number
  /** Bytes, or numbers there are; null: not known. */
  readonly capacity: number | null
  /** Days until it is full at the rate of the last days; null: unknown, or it does not grow. */
  readonly daysLeft: number | null
}

const DAY_S = 86_400
/** The line is laid through the samples of so many days. */
const FITTED_MS = 14 * DAY_S * 1_000
/** No line is laid through less than a day: a morning would be taken for the week. */
const SHORTEST_S = DAY_S

const READ = {
  name: 'read-capacity',
  text: `
    with fitted as (
      select what, max(at) as at, regr_slope(used::float8, extract(epoch from at)::float8) as per_second,
             extract(epoch from max(at) - min(at)) as span
        from capacity_samples where at > (select max(at) from capacity_samples) - $1 * interval '1 millisecond' group by what
    )
    select what, at, used::float8 as used, capacity::float8 as capacity,
           case when per_second > 0 and span >= $2 then greatest(0, (capacity - used)::float8 / per_second / $3::float8) end as "daysLeft"
      from fitted join capacity_samples using (what, at)
     order by "daysLeft" nulls last, used / nullif(capacity, 0) desc nulls last, what`,
}

/** How full everything is by the newest samples, and for how many days it lasts: the least time first. */
export function readCapacity(database: Queryable): Promise<readonly CapacityOf[]> {
  return database.query<CapacityOf>(READ, [FITTED_MS, SHORTEST_S, DAY_S])
}
