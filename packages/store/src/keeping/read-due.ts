import type { Queryable } from '../connection/store.ts'
import { isCaseDue, isTrackDue } from './due.ts'

const DUE_TRACKS = {
  name: 'read-due-tracks',
  text: `select a.id from activations a
          where a.id > $2 and not exists (select from tracks_removed done where done.activation_id = a.id) and ${isTrackDue('a', '$1')}
          order by a.id limit $3`,
}
const DUE_CASES = {
  name: 'read-due-cases',
  text: `select w.id from wearers w
          where w.id > $2 and not exists (select from erasures e where e.wearer_id = w.id and e.state <> 'certified') and ${isCaseDue('w', '$1')}
          order by w.id limit $3`,
}
const STILL_DUE = {
  name: 'is-track-still-due',
  text: `select from activations a where a.id = $2 and ${isTrackDue('a', '$1')}`,
}

export interface DuePage {
  /** Epoch milliseconds. */
  readonly now: number
  /** Id of the last one of the page before; 0 at first. */
  readonly after: string
  readonly limit: number
}

/** Activations whose track is to be removed by its rule, in the order of their ids. */
export const readDueTracks = (database: Queryable, page: DuePage) => readIds(database, DUE_TRACKS, page)

/** Wearers of whom nothing is to be kept any longer, in the order of their ids. */
export const readDueCases = (database: Queryable, page: DuePage) => readIds(database, DUE_CASES, page)

/** Asked before each slice: a hold that was placed meanwhile counts. */
export async function isTrackStillDue(inside: Queryable, activationId: string, now: number): Promise<boolean> {
  return (await inside.query(STILL_DUE, [new Date(now), activationId])).length > 0
}

async function readIds(database: Queryable, statement: { name: string; text: string }, { now, after, limit }: DuePage) {
  const rows = await database.query<{ readonly id: string }>(statement, [new Date(now), after, limit])
  return rows.map(({ id }) => id)
}
