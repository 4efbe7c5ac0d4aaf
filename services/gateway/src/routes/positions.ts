import { listPositions } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'

export const positionHandlers: Pick<Handlers, 'listPositions'> = {
  listPositions: async ({ database, viewer, page }) => {
    await record(database, viewer, { what: 'list-positions' })
    return listPositions(database, viewer.caseload, page)
  },
}
