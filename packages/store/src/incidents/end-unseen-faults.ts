import type { Queryable } from '../connection/store.ts'

/** Longer than a gateway takes to be started again. */
const GONE_SECONDS = 600

const END = {
  name: 'end-unseen-system-faults',
  text: `
    with gone as (
      delete from system_faults where seen_at < clock_timestamp() - make_interval(secs => ${GONE_SECONDS}) returning part, seen_by, seen_at
    )
    update incidents i set ended_at = greatest(i.happened_at, gone.seen_at), conclusion = 'restored', changed_at = clock_timestamp()
      from (select part, max(seen_at) as seen_at from gone group by part) gone
     where i.kind = 'system-fault' and i.part = gone.part and i.ended_at is null
       and not exists (select from system_faults still where still.part = gone.part
                         and still.seen_at >= clock_timestamp() - make_interval(secs => ${GONE_SECONDS}))`,
}

/** Ends what only gateways saw that are gone themselves, at the time that they saw it last. */
export function endUnseenFaults(database: Queryable): Promise<number> {
  return database.execute(END)
}
