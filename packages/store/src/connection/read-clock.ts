import type { Queryable } from './store.ts'

const READ = { name: 'read-clock', text: 'select clock_timestamp() as now' }

/** The database's clock, epoch ms. */
export async function readClock(database: Queryable): Promise<number> {
  const [row] = await database.query<{ now: number }>(READ)
  return row?.now ?? Number.NaN
}
