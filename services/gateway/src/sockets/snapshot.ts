import { asId, type Cursor, type Incident, type Subscribe } from '@cordon/contract'
import {
  type Caseload,
  type Queryable,
  readIncidentChanges,
  readIncidentCursor,
  readOpenIncidents,
} from '@cordon/store'
import { encodeSnapshot } from './encode.ts'

export interface Snapshot {
  /** Up to where it tells. */
  readonly cursor: Cursor
  /** With positions, each as JSON, and provisional alerts as they are at the moment of sending. */
  encodeWith(positions: readonly string[], provisional: string): Buffer
}

/** Changes that the first message of a resumed stream holds; the rest follows as single messages. */
const RESUME_PAGE = 1_000

/** A place in the log, as text: a 64-bit number that the database can hold. */
export const isCursor = (text: string): boolean => /^\d{1,18}$/.test(text)

/**
 * The first answer to a subscription: with `since` the changes after it, in their order; without, every incident that is not
 * closed. Who comes with a place that the log has not reached (it is another database's, or one restored from a backup) is given
 * everything as well.
 */
export async function readSnapshot(database: Queryable, asked: Subscribe, caseload: Caseload): Promise<Snapshot> {
  const { incidents = false, since } = asked
  const newest = await readIncidentCursor(database)
  const isResumed = since !== undefined && BigInt(since) <= BigInt(newest)
  if (!incidents) return snapshot(!isResumed, [], isResumed ? asId<Cursor>(since) : newest)
  if (isResumed) return resume(database, asId<Cursor>(since), caseload)
  const open = await readOpenIncidents(database, caseload)
  return snapshot(true, open.incidents, open.cursor)
}

async function resume(database: Queryable, since: Cursor, caseload: Caseload): Promise<Snapshot> {
  const changes = await readIncidentChanges(database, since, RESUME_PAGE)
  const seen = changes.filter(({ officers }) => caseload === undefined || officers.includes(caseload))
  return snapshot(
    false,
    seen.map(({ incident }) => incident),
    changes.at(-1)?.cursor ?? since,
  )
}

const snapshot = (complete: boolean, incidents: readonly Incident[], cursor: Cursor): Snapshot => ({
  cursor,
  encodeWith: (positions, provisional) => encodeSnapshot({ complete, positions, incidents, cursor, provisional }),
})
