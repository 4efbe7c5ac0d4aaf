import { listRollCall } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'

export const rollCallHandlers: Pick<Handlers, 'rollCall'> = {
  rollCall: async ({ database, viewer, page }) => {
    const found = await listRollCall(database, viewer.caseload, page)
    await record(database, viewer, { what: 'read-roll-call' })
    return found
  },
}
