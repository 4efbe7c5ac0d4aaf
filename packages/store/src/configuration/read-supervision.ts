import { asId, RISKS, type Risk, type WearerId } from '@cordon/contract'
import type { Queryable } from '../connection/store.ts'
import { groupBy } from './group-by.ts'
import type { WatchedOrder, WatchedSuspension } from './watch-configuration.ts'

const READ_ORDERS = {
  name: 'read-watched-orders',
  text: `
    select wearer_id, valid_from, valid_to, risk, coalesce(valid_to <= now(), false) as is_over
      from orders where $1::bigint[] is null or wearer_id = any($1)
     order by valid_from, id`,
}

const READ_SUSPENSIONS = {
  name: 'read-watched-suspensions',
  text: `
    select wearer_id, valid_from, valid_to, reason
      from suspensions where $1::bigint[] is null or wearer_id = any($1)
     order by valid_from, id`,
}

interface OrderRow {
  readonly wearer_id: string
  readonly valid_from: number
  readonly valid_to: number | null
  readonly risk: Risk
  readonly is_over: boolean
}

interface SuspensionRow {
  readonly wearer_id: string
  readonly valid_from: number
  readonly valid_to: number
  readonly reason: string
}

export interface Supervision {
  readonly orders: ReadonlyMap<WearerId, readonly WatchedOrder[]>
  readonly suspensions: ReadonlyMap<WearerId, readonly WatchedSuspension[]>
  readonly risks: ReadonlyMap<WearerId, Risk>
}

/** How closely each wearer is to be watched, and when not. */
export async function readSupervision(inside: Queryable, wearerIds: readonly string[] | null): Promise<Supervision> {
  const [orders, suspensions] = await Promise.all([
    inside.query<OrderRow>(READ_ORDERS, [wearerIds]),
    inside.query<SuspensionRow>(READ_SUSPENSIONS, [wearerIds]),
  ])
  const ordersOf = groupBy(orders, row => asId<WearerId>(row.wearer_id))
  const suspensionsOf = groupBy(suspensions, row => asId<WearerId>(row.wearer_id))
  return {
    orders: mapValues(ordersOf, rows => rows.map(toOrder)),
    suspensions: mapValues(suspensionsOf, rows => rows.map(toSuspension)),
    risks: mapValues(ordersOf, worstRisk),
  }
}

/** The later in the list of risks, the worse. */
function worstRisk(orders: readonly OrderRow[]): Risk {
  const ranks = orders.filter(({ is_over }) => !is_over).map(({ risk }) => RISKS.indexOf(risk))
  return RISKS[Math.max(0, ...ranks)] ?? 'standard'
}

const toOrder = ({ valid_from: from, valid_to: to, risk }: OrderRow): WatchedOrder => ({ from, to, risk })
const toSuspension = ({ valid_from: from, valid_to: to, reason }: SuspensionRow): WatchedSuspension => ({
  from,
  to,
  reason,
})

function mapValues<Key, From, To>(map: ReadonlyMap<Key, From>, change: (value: From) => To): ReadonlyMap<Key, To> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}
