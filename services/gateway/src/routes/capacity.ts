import { readCapacity } from '@cordon/store'
import type { Handlers } from '../http/handler.ts'

export const capacityHandlers: Pick<Handlers, 'readCapacity'> = {
  readCapacity: async ({ database }) => ({
    items: (await readCapacity(database)).map(item => ({ ...item, at: new Date(item.at).toISOString() })),
  }),
}
