import type { Queryable } from './store.ts'

const READ = { name: 'read-database-time', text: 'select clock_timestamp() as now' }

/** The database's own clock, epoch milliseconds: a witness when those of the processes differ. */
export async function readDatabaseTime(database: Queryable): Promise<number> {
  const [row] = await database.query<{ now: number }>(READ)
  return row?.now ?? Number.NaN
}
