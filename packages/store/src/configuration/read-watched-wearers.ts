import { asId, type WearerId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

const READ_WATCHED_WEARERS = {
  name: 'read-watched-wearers',
  text: `
    select distinct wearer_id from activations
     where valid_to is null or valid_to > $1
     order by wearer_id`,
}

/** Whoever has an activation that has not ended by then, epoch milliseconds. */
export async function readWatchedWearers(store: Queryable, endedAfter: number): Promise<readonly WearerId[]> {
  const rows = await store.query<{ wearer_id: string }>(READ_WATCHED_WEARERS, [new Date(endedAfter)])
  return rows.map(({ wearer_id }) => asId<WearerId>(wearer_id))
}
