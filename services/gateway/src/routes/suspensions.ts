import { insertSuspension, listSuspensions } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { checkPeriod } from './period.ts'

export const suspensionHandlers: Pick<Handlers, 'listSuspensions' | 'createSuspension'> = {
  listSuspensions: ({ database, viewer, query, page }) =>
    listSuspensions(database, { wearerId: query.wearerId, caseload: viewer.caseload }, page),
  createSuspension: async ({ database, viewer, body }) => {
    checkPeriod(body)
    const suspension = await insertSuspension(database, body, viewer.name)
    const { id, wearerId } = suspension
    await record(database, viewer, { what: 'create-suspension', wearerId, detail: { suspensionId: id } })
    return suspension
  },
}
