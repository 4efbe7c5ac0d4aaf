import Type from 'typebox'
import { words } from '../../schema.ts'
import { CONCLUSIONS, INCIDENT_STATES, SEVERITIES } from '../../vocabulary.ts'
import * as incidents from '../incidents.ts'
import * as policies from '../policies.ts'
import * as watchRecords from '../watch-records.ts'
import { ById, creates, lists, type Route, reads, recordFilters, wearerFilter } from './route.ts'

/** What was judged, what was done about it, and what it is judged by. */
export const WATCH_ROUTES = {
  listIncidents: lists(
    '/incidents',
    'Incidents, worst and oldest first; closed ones by `state=closed`',
    incidents.Incident,
    {
      ...wearerFilter,
      state: Type.Optional(words([...INCIDENT_STATES, 'all'])),
      severity: Type.Optional(words(SEVERITIES)),
      conclusion: Type.Optional(words(CONCLUSIONS)),
    },
  ),
  readIncident: reads('/incidents/{id}', 'One incident', incidents.Incident),
  listActions: {
    ...lists('/incidents/{id}/actions', 'What was done about an incident, oldest first', incidents.Action),
    params: ById,
  },
  createAction: {
    ...creates(
      '/incidents/{id}/actions',
      'Act on an incident; a conflicting claim answers 409 with its owner',
      incidents.ActionCreate,
      incidents.ActionResult,
      'work',
    ),
    params: ById,
  },
  listNearMisses: lists(
    '/near-misses',
    'What could have been an incident and was not, newest first; audited',
    watchRecords.NearMissRecord,
    recordFilters,
  ),
  listVisits: lists(
    '/visits',
    'Times in zones of interest, newest first; audited',
    watchRecords.VisitRecord,
    recordFilters,
  ),
  listPolicies: lists('/policies', 'Versions of the policy that is judged by, newest first', policies.Policy),
  createPolicy: creates(
    '/policies',
    'Make a new version of the policy, in force from now',
    policies.PolicyCreate,
    policies.Policy,
    'administer',
  ),
  readPolicyDefaults: {
    method: 'GET',
    path: '/policies/defaults',
    summary: 'Every number that is judged by, as this version of the software has it',
    right: 'read',
    response: policies.PolicyDefaults,
    status: 200,
  },
  rollCall: lists(
    '/roll-call',
    'Orders with no reporting tag, tags with no order, and who is silent for a known reason',
    incidents.RollCallRow,
  ),
} as const satisfies Record<string, Route>
