import { insertOrder, listOrders } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'

export const orderHandlers: Pick<Handlers, 'listOrders' | 'createOrder' | 'readOrder'> = {
  listOrders: async ({ database, viewer, query, page }) => {
    const found = await listOrders(database, { wearerId: query.wearerId, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-orders', wearerId: query.wearerId })
    return found
  },
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
