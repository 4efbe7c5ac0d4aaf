import { endActivation, insertActivation, listActivations } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'

export const activationHandlers: Pick<Handlers, 'listActivations' | 'createActivation' | 'endActivation'> = {
  listActivations: async ({ database, viewer, query, page }) => {
    const found = await listActivations(database, { ...query, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-activations', wearerId: query.wearerId })
    return found
  },
  createActivation: async ({ database, viewer, body }) => {
    checkPeriod(body)
    const activation = await insertActivation(database, body)
    if (activation === undefined) {
      throw new Refusal('conflict', 'this tag is on a wearer in that time: end that activation first', {
        field: '/tagId',
      })
    }
    const { id, wearerId, tagId } = activation
    await record(database, viewer, { what: 'create-activation', wearerId, detail: { activationId: id, tagId } })
    return activation
  },
  endActivation: async ({ database, viewer, params, body }) => {
    const search = { id: params.id, caseload: viewer.caseload }
    const { id, wearerId } = foundItem(await listActivations(database, search, ONE), 'activation')
    const activation = await endActivation(database, id, body.to)
    if (activation === undefined) {
      throw new Refusal('conflict', 'the end must lie after the beginning, and before the tag’s next activation', {
        field: '/to',
      })
    }
    await record(database, viewer, { what: 'end-activation', wearerId, detail: { activationId: id, to: body.to } })
    return activation
  },
}
