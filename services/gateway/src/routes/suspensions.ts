import { insertSuspension, listSuspensions } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { checkPeriod } from './period.ts'

export const suspensionHandlers: Pick<Handlers, 'listSuspensions' | 'createSuspension'> = {
  listSuspensions: async ({ database, viewer, query, page }) => {
    const found = await listSuspensions(database, { wearerId: query.wearerId, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-suspensions', wearerId: query.wearerId })
    return found
  },
  createSuspension: async ({ database, viewer, body }) => {
    checkPeriod(body)
    const suspension = await insertSuspension(database, body, viewer.name)
    const { id, wearerId } = suspension
    await record(database, viewer, { what: 'create-suspension', wearerId, detail: { suspensionId: id } })
    return suspension
  },
}
