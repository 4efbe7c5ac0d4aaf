import { listQuarantine } from '@cordon/store'
import type { Handlers } from '../http/handler.ts'

export const quarantineHandlers: Pick<Handlers, 'listQuarantine'> = {
  listQuarantine: ({ database, query, page }) => listQuarantine(database, query, page),
}
