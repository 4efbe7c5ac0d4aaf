import type { ActionCreate, Incident } from '@cordon/contract'
import { accountExists, insertAction, listActions, listIncidents, type Queryable, updateIncident } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { checkAction, updateOf } from './incident-action.ts'
import { ONE } from './one.ts'

type IncidentHandlers = Pick<Handlers, 'listIncidents' | 'readIncident' | 'listActions' | 'createAction'>

export const incidentHandlers: IncidentHandlers = {
  listIncidents: async ({ database, viewer, query, page }) => {
    const found = await listIncidents(database, { ...query, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-incidents', wearerId: query.wearerId })
    return found
  },
  readIncident: async ({ database, viewer, params }) => {
    const incident = await readIncident(database, viewer, params.id)
    await record(database, viewer, seen('read-incident', incident))
    return incident
  },
  listActions: async ({ database, viewer, params, page }) => {
    const incident = await readIncident(database, viewer, params.id)
    await record(database, viewer, seen('read-actions', incident))
    return listActions(database, incident.id, page)
  },
  createAction,
}

/** Compare and set: whoever's update finds the incident as it must be, acts; the other is told who was first. */
async function createAction({ database, viewer, params, body }: Call<'createAction'>) {
  checkAction(body)
  const { id, wearerId } = await readIncident(database, viewer, params.id)
  await checkAssignee(database, body)
  const isDone = await updateIncident(database, id, updateOf(body, viewer.name))
  if (!isDone) throw refused(await readIncident(database, viewer, id), body)
  const action = await insertAction(database, id, said(body), viewer.name)
  await record(database, viewer, { what: `incident-${body.type}`, wearerId, detail: { incidentId: id } })
  return { action, incident: await readIncident(database, viewer, id) }
}

async function readIncident(database: Queryable, { caseload }: Viewer, id: string): Promise<Incident> {
  return foundItem(await listIncidents(database, { id, state: 'all', caseload }, ONE), 'incident')
}

const seen = (what: string, { id, wearerId }: Incident) => ({ what, wearerId, detail: { incidentId: id } })

async function checkAssignee(database: Queryable, { type, to }: ActionCreate): Promise<void> {
  if (type !== 'assign' || to === undefined || (await accountExists(database, to))) return
  throw new Refusal('unknown-reference', 'nobody can sign in under this name', { field: '/to' })
}

function refused({ state, owner }: Incident, { type }: ActionCreate): Refusal {
  if (type === 'acknowledge' && state !== 'closed' && owner !== undefined) {
    return new Refusal('already-claimed', `this incident is with ${owner}`, { owner })
  }
  return new Refusal('conflict', `the incident is ${state}: ${type} is not possible`, { field: '/type', owner })
}

/** What the schema names, and nothing else that was in the body. */
function said({ type, text, to, reference, outcome }: ActionCreate): ActionCreate {
  return {
    type,
    ...(text !== undefined && { text }),
    ...(to !== undefined && { to }),
    ...(reference !== undefined && { reference }),
    ...(outcome !== undefined && { outcome }),
  }
}
