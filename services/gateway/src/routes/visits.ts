import { listVisits } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { checkSpan } from './period.ts'

export const visitHandlers: Pick<Handlers, 'listVisits'> = {
  listVisits: async ({ database, viewer, query, page }) => {
    checkSpan(query)
    const { wearerId, zoneId, from, to } = query
    const found = await listVisits(database, { wearerId, zoneId, from, to, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-visits', wearerId, detail: { zoneId, from, to } })
    return found
  },
}
