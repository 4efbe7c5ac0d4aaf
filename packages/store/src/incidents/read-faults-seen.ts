import type { Queryable } from '../connection/store.ts'

const READ = {
  name: 'read-system-faults-seen',
  text: 'select part, since from system_faults where seen_by = $1 order by part',
}

/** What this gateway has last said to be in fault, before it was started again. `since`: epoch milliseconds. */
export function readFaultsSeen(
  database: Queryable,
  seenBy: string,
): Promise<readonly { readonly part: string; readonly since: number }[]> {
  return database.query<{ part: string; since: number }>(READ, [seenBy])
}
