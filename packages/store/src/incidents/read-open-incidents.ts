import { asId, type Cursor, type Incident } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { dropNulls } from '../paging/select.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { INCIDENT, INCIDENT_JOINS } from './incident-columns.ts'

const [SEES] = wearerInCaseload('i.wearer_id', undefined)

// One statement, so one snapshot: the incidents are exactly as they were at the cursor, and a reader that goes on from it
// misses nothing and repeats nothing. The left join keeps the cursor when nothing is open.
const READ = {
  name: 'read-open-incidents',
  text: `with at as (select coalesce(max(cursor), 0)::text as log_cursor from incident_changes),
              shown as (
                select ${INCIDENT}, i.severity_rank from incidents i ${INCIDENT_JOINS}
                where i.state <> 'closed' and ($1::text is null or ${SEES.replaceAll('?', '$1')})
              )
         select at.log_cursor, shown.* from at left join shown on true
         order by shown.severity_rank, shown."raisedAt", shown.id`,
}

/** Every incident that is not closed, worst and oldest first, and the place in the change log at which they were read. */
export async function readOpenIncidents(
  database: Queryable,
  caseload: Caseload,
): Promise<{ readonly incidents: readonly Incident[]; readonly cursor: Cursor }> {
  const rows = await database.query<Record<string, unknown> & { readonly log_cursor: string }>(READ, [caseload ?? null])
  const incidents = rows
    .filter(row => row.id !== null)
    .map(({ log_cursor: _cursor, severity_rank: _rank, ...incident }) => dropNulls<Incident>(incident))
  return { incidents, cursor: asId<Cursor>(rows[0]?.log_cursor ?? '0') }
}
