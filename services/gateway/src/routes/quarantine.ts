import { listQuarantine } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'

export const quarantineHandlers: Pick<Handlers, 'listQuarantine'> = {
  listQuarantine: async ({ database, viewer, query, page }) => {
    const found = await listQuarantine(database, query, page)
    // The raw bytes hold positions.
    await record(database, viewer, { what: 'list-quarantine', ...(query.tagId && { detail: { tagId: query.tagId } }) })
    return found
  },
}
