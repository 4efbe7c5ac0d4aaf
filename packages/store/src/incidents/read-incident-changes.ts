import { asId, type Cursor, type Incident } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { dropNulls } from '../paging/select.ts'
import { officersOf } from '../people/caseload.ts'
import { INCIDENT, INCIDENT_JOINS } from './incident-columns.ts'

// The row as it was at each change, made a row of `incidents` again, with the names of now.
const READ = {
  name: 'read-incident-changes',
  text: `select c.cursor as log_cursor, c.change as log_change, ${officersOf('i.wearer_id')} as log_officers, ${INCIDENT}
         from (select * from incident_changes where cursor > $1 order by cursor limit $2) c
         cross join lateral jsonb_populate_record(null::incidents, c.incident) i ${INCIDENT_JOINS}
         order by c.cursor`,
}

export interface IncidentChange {
  readonly cursor: Cursor
  readonly change: 'raised' | 'changed'
  readonly incident: Incident
  /** Account names of the officers in whose caseload the wearer is now. */
  readonly officers: readonly string[]
}

type Row = Record<string, unknown> & {
  readonly log_cursor: string
  readonly log_change: 'raised' | 'changed'
  readonly log_officers: readonly string[]
}

/** Changes after a place in the log, in the order of commit. Fewer than `limit`: there were no more. */
export async function readIncidentChanges(
  database: Queryable,
  after: Cursor,
  limit: number,
): Promise<readonly IncidentChange[]> {
  const rows = await database.query<Row>(READ, [after, limit])
  return rows.map(({ log_cursor, log_change, log_officers, ...incident }) => ({
    cursor: asId<Cursor>(log_cursor),
    change: log_change,
    officers: log_officers,
    incident: dropNulls<Incident>(incident),
  }))
}
