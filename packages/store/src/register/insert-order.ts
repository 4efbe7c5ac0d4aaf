import type { Order, OrderCreate } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { onlyItem } from '../paging/select.ts'
import { ORDER } from './order-columns.ts'

const INSERT = {
  name: 'insert-order',
  text: `insert into orders as o (wearer_id, type, valid_from, valid_to, authority, officer, risk)
         values ($1, $2, $3, $4, $5, $6, $7) returning ${ORDER}`,
}

export async function insertOrder(database: Queryable, order: OrderCreate): Promise<Order> {
  const { wearerId, type, from, to, authority, officerId, risk = 'standard' } = order
  const values = [wearerId, type, from, to ?? null, authority ?? null, officerId ?? null, risk]
  return onlyItem(await database.query(INSERT, values))
}
