import type { Queryable } from '../connection/store.ts'

const DAY_MS = 86_400_000
/** As far back as a tag's own memory may reach (72 h), and a day: re-judging begins at most an hour too early. */
const HOURLY_MS = 4 * DAY_MS
const DAILY_MS = 60 * DAY_MS
/** Up to 160 checkpoints each: a page locks some 10,000 rows at most, for some 10 ms. */
const ACTIVATIONS_AT_ONCE = 100

const THIN = {
  name: 'thin-checkpoints',
  text: `
    with page as (
      select id from activations where id > $1 order by id limit $2
    ), ranked as (
      select activation_id, at,
             row_number() over (partition by activation_id, at < $3, date_trunc(case when at < $3 then 'day' else 'hour' end, at, 'UTC')
                                order by at) as place,
             max(at) over (partition by activation_id) as newest
        from watch_checkpoints where activation_id in (select id from page)
    ), gone as (
      delete from watch_checkpoints checkpoint using ranked
       where (checkpoint.activation_id, checkpoint.at) = (ranked.activation_id, ranked.at)
         and ranked.at < newest and (place > 1 or ranked.at < $4)
      returning 1
    )
    select (select max(id) from page) as last, (select count(*)::int from gone) as deleted`,
}

interface Row {
  readonly last: string | null
  readonly deleted: number
}

/**
 * Leaves the first checkpoint of each UTC hour for 4 days, the first of each UTC day for 60, and always the newest one of an
 * activation. A page of activations at a time, each a transaction of its own. Gives how many it deleted.
 */
export async function thinCheckpoints(
  database: Queryable,
  now: number,
  activationsAtOnce: number = ACTIVATIONS_AT_ONCE,
): Promise<number> {
  const borders = [new Date(now - HOURLY_MS), new Date(now - DAILY_MS)]
  let deleted = 0
  for (let last = '0'; ; ) {
    const [page] = await database.query<Row>(THIN, [last, activationsAtOnce, ...borders])
    deleted += page?.deleted ?? 0
    if (page === undefined || page.last === null) return deleted
    last = page.last
  }
}
