import type { Queryable } from '../connection/store.ts'

const TAKE = { name: 'take-keeping-lock', text: 'select pg_try_advisory_xact_lock(4201010) as taken' }

/** Until this transaction ends nobody else removes anything. False: somebody else does just now. */
export async function takeKeepingLock(inside: Queryable): Promise<boolean> {
  const [row] = await inside.query<{ readonly taken: boolean }>(TAKE)
  return row?.taken === true
}
