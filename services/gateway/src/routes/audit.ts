import { listAudit } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'

export const auditHandlers: Pick<Handlers, 'listAudit'> = {
  listAudit: async ({ database, viewer, query, page }) => {
    await record(database, viewer, { what: 'read-audit', wearerId: query.wearerId })
    return listAudit(database, query, page)
  },
}
