import type { Store } from '../connection/store.ts'

/** `table fixes` with all its chunks, compressed ones too. */
const FIXES_SIZE: Readonly<Record<Store['edition'], string>> = {
  plain: `pg_total_relation_size('fixes')`,
  apache: `hypertable_size('fixes')`,
  community: `hypertable_size('fixes')`,
}

const sampleFor = (edition: Store['edition']) => ({
  name: `sample-capacity-${edition}`,
  text: `
    insert into capacity_samples (what, at, used, capacity)
    select what, $1, used, capacity from (
      select 'database' as what, pg_database_size(current_database())::numeric as used, $2::numeric as capacity
      union all
      select 'table ' || relname, case relname when 'fixes' then ${FIXES_SIZE[edition]} else pg_total_relation_size(oid) end, null
        from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      union all
      select 'numbers ' || sequencename, coalesce(last_value, 0), max_value from pg_sequences where schemaname = 'public'
    ) samples
    on conflict (what, at) do nothing`,
})

const FORGET = { name: 'forget-capacity-samples', text: 'delete from capacity_samples where at < $1' }
const KEPT_MS = 400 * 86_400_000

/**
 * Writes down how full everything is now. The database cannot say how much room its disk has left: `capacityBytes` is what whoever
 * runs it says there is, null when nobody does. Numbers of sequences run out too: in 2010 a 2^31st record stopped every alert.
 */
export async function sampleCapacity(store: Store, now: number, capacityBytes: number | null): Promise<void> {
  await store.execute(FORGET, [new Date(now - KEPT_MS)])
  await store.execute(sampleFor(store.edition), [new Date(now), capacityBytes])
}
