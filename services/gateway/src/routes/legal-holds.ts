import { endLegalHold, insertLegalHold, listLegalHolds } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'

type LegalHoldHandlers = Pick<Handlers, 'listLegalHolds' | 'createLegalHold' | 'endLegalHold'>

export const legalHoldHandlers: LegalHoldHandlers = {
  listLegalHolds: async ({ database, viewer, query, page }) => {
    const found = await listLegalHolds(database, query, page)
    await record(database, viewer, { what: 'list-legal-holds', wearerId: query.wearerId })
    return found
  },
  createLegalHold: async ({ database, viewer, body }) => {
    const { until } = body
    if (until !== undefined && Date.parse(until) <= Date.now())
      throw new Refusal('invalid-body', '`until` must lie in the future', { field: '/until' })
    const hold = await insertLegalHold(database, body, viewer.name)
    const { id, wearerId } = hold
    await record(database, viewer, { what: 'create-legal-hold', wearerId, detail: { legalHoldId: id } })
    return hold
  },
  endLegalHold: async ({ database, viewer, params, body }) => {
    const { id, wearerId } = foundItem(await listLegalHolds(database, { id: params.id }, ONE), 'legal hold')
    const hold = await endLegalHold(database, id, { by: viewer.name, reason: body.reason })
    if (hold === undefined) throw new Refusal('conflict', 'this legal hold has ended already')
    await record(database, viewer, { what: 'end-legal-hold', wearerId, detail: { legalHoldId: id } })
    return hold
  },
}
