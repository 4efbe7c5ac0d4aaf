import type { Queryable } from '../connection/store.ts'

const MARK = {
  name: 'mark-track-removed',
  text: 'insert into tracks_removed (activation_id) values ($1) on conflict do nothing',
}

/** Nothing of the track of this activation is left. */
export async function markTrackRemoved(inside: Queryable, activationId: string): Promise<void> {
  await inside.query(MARK, [activationId])
}
