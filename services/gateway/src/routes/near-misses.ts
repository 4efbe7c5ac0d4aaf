import { listNearMisses } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { checkSpan } from './period.ts'

export const nearMissHandlers: Pick<Handlers, 'listNearMisses'> = {
  listNearMisses: async ({ database, viewer, query, page }) => {
    checkSpan(query)
    const { wearerId, zoneId, from, to } = query
    const found = await listNearMisses(database, { wearerId, zoneId, from, to, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-near-misses', wearerId, detail: { zoneId, from, to } })
    return found
  },
}
