import { listRollCall } from '@cordon/store'
import type { Handlers } from '../http/handler.ts'

export const rollCallHandlers: Pick<Handlers, 'rollCall'> = {
  rollCall: ({ database, viewer, page }) => listRollCall(database, viewer.caseload, page),
}
