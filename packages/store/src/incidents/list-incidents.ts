import type { Conclusion, Incident, IncidentState, Severity } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { type Filter, type List, type Page, type PageRequest, readPage } from '../paging/read-page.ts'
import { type Caseload, wearerInCaseload } from '../people/caseload.ts'
import { INCIDENT, INCIDENT_JOINS } from './incident-columns.ts'

const LIST: List = {
  name: 'incidents',
  select: INCIDENT,
  from: `incidents i ${INCIDENT_JOINS}`,
  keys: [
    { column: 'i.severity_rank', type: 'bigint' },
    { column: 'i.raised_at', type: 'timestamptz' },
    { column: 'i.id', type: 'bigint' },
  ],
  order: 'asc',
}

export interface IncidentSearch {
  readonly id?: string | undefined
  readonly wearerId?: string | undefined
  /** Left out: every one that is not closed. */
  readonly state?: IncidentState | 'all' | undefined
  readonly severity?: Severity | undefined
  readonly conclusion?: Conclusion | undefined
  readonly caseload: Caseload
}

/** Worst first, then oldest first. */
export function listIncidents(database: Queryable, search: IncidentSearch, page: PageRequest): Promise<Page<Incident>> {
  const { id, wearerId, state, severity, conclusion, caseload } = search
  const filters: readonly Filter[] = [
    ['i.id = ?', id],
    ['i.wearer_id = ?', wearerId],
    ['i.severity = ?', severity],
    ['i.conclusion = ?', conclusion],
    ...stateFilter(state),
    wearerInCaseload('i.wearer_id', caseload),
  ]
  return readPage<Incident>(database, LIST, filters, page)
}

/** `<> 'closed'` in these very words is what the index of open incidents stands on. */
function stateFilter(state: IncidentSearch['state']): readonly Filter[] {
  if (state === 'all') return []
  return state === undefined ? [["i.state <> 'closed' and ?", true]] : [['i.state = ?', state]]
}
