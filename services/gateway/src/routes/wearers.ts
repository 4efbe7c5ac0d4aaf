import { insertWearer, listWearers } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem } from '../http/refuse.ts'
import { ONE } from './one.ts'

export const wearerHandlers: Pick<Handlers, 'listWearers' | 'createWearer' | 'readWearer'> = {
  listWearers: async ({ database, viewer, query, page }) => {
    const found = await listWearers(database, { text: query.q, caseload: viewer.caseload }, page)
    // The text searched for can be a name, and is not kept.
    await record(database, viewer, { what: 'list-wearers', detail: { searched: query.q !== undefined } })
    return found
  },
  createWearer: async ({ database, viewer, body }) => {
    const wearer = await insertWearer(database, body)
    await record(database, viewer, { what: 'create-wearer', wearerId: wearer.id })
    return wearer
  },
  readWearer: async ({ database, viewer, params }) => {
    const search = { id: params.id, caseload: viewer.caseload }
    const wearer = foundItem(await listWearers(database, search, ONE), 'wearer')
    await record(database, viewer, { what: 'read-wearer', wearerId: wearer.id })
    return wearer
  },
}
