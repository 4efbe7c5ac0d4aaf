import { insertOrder, listOrders } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'

export const orderHandlers: Pick<Handlers, 'listOrders' | 'createOrder' | 'readOrder'> = {
  listOrders: ({ database, viewer, query, page }) =>
    listOrders(database, { wearerId: query.wearerId, caseload: viewer.caseload }, page),
  createOrder: async ({ database, viewer, body }) => {
    checkPeriod(body)
    const order = await insertOrder(database, body)
    await record(database, viewer, { what: 'create-order', wearerId: order.wearerId, detail: { orderId: order.id } })
    return order
  },
  readOrder: async ({ database, viewer, params }) => {
    const order = foundItem(await listOrders(database, { id: params.id, caseload: viewer.caseload }, ONE), 'order')
    await record(database, viewer, { what: 'read-order', wearerId: order.wearerId, detail: { orderId: order.id } })
    return order
  },
}
