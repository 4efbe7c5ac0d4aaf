import type { Queryable } from '../connection/store.ts'

const READ = { name: 'read-roll-call-time', text: 'select at from roll_call_held' }

/** When the roll-call that is listed was held, epoch milliseconds; null before the first. It is held every minute. */
export async function readRollCallTime(database: Queryable): Promise<number | null> {
  const [row] = await database.query<{ at: number }>(READ)
  return row?.at ?? null
}
