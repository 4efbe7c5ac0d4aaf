import type { ActivationId, OrderId, Risk, TagId, WearerId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'

export interface OrderInForce {
  readonly orderId: OrderId
  readonly wearerId: WearerId
  readonly from: number
  readonly risk: Risk
  /** When the wearer's last activation ended; null: there was none. */
  readonly untaggedSince: number | null
}

export interface ActivationInForce {
  readonly activationId: ActivationId
  readonly wearerId: WearerId
  readonly tagId: TagId
  readonly from: number
  /** When the wearer's last order ended; null: there was none. */
  readonly unorderedSince: number | null
}

export interface RollCallFacts {
  readonly orders: readonly OrderInForce[]
  readonly activations: readonly ActivationInForce[]
}

const IN_FORCE = 'valid_from <= $1 and (valid_to is null or valid_to > $1)'
const lastEndOf = (table: 'activations' | 'orders') =>
  `(select max(valid_to) from ${table} past where past.wearer_id = present.wearer_id and past.valid_to <= $1)`

const READ_ORDERS = {
  name: 'read-orders-in-force',
  text: `select id as "orderId", wearer_id as "wearerId", valid_from as "from", risk, ${lastEndOf('activations')} as "untaggedSince"
           from orders present where ${IN_FORCE} order by id`,
}
const READ_ACTIVATIONS = {
  name: 'read-activations-in-force',
  text: `select id as "activationId", wearer_id as "wearerId", tag_id as "tagId", valid_from as "from",
                ${lastEndOf('orders')} as "unorderedSince"
           from activations present where ${IN_FORCE} order by id`,
}

/** Who is to be monitored at that time, and who has a tag on. Two statements: a change between them shows at the next roll-call. */
export async function readRollCallFacts(database: Queryable, now: number): Promise<RollCallFacts> {
  const [orders, activations] = await Promise.all([
    database.query<OrderInForce>(READ_ORDERS, [new Date(now)]),
    database.query<ActivationInForce>(READ_ACTIVATIONS, [new Date(now)]),
  ])
  return { orders, activations }
}
