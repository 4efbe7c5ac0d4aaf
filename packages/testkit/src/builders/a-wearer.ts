import { randomUUID } from 'node:crypto'
import type {
  ActivationId,
  ConditionId,
  OrderId,
  PassId,
  Risk,
  SuspensionId,
  TagId,
  TagProtocol,
  WearerId,
  ZoneGeometry,
  ZoneId,
} from '@cordon/contract'
import { hashMqttPassword, type Queryable } from '@cordon/store'
import { aZone, type ZoneOverrides } from './a-zone.ts'
import { insertRow } from './insert-row.ts'

/** Long before any test's fixes. */
const FROM = Date.UTC(2020, 0, 1)

interface PeriodOverrides {
  /** Epoch milliseconds; since 2020 and without an end when left out. */
  readonly from?: number
  readonly to?: number
}

const periodOf = ({ from = FROM, to }: PeriodOverrides): readonly [Date, Date | null] => [
  new Date(from),
  to === undefined ? null : new Date(to),
]

export function aWearer(database: Queryable, overrides: { readonly name?: string } = {}): Promise<WearerId> {
  const { name = 'A. Wearer' } = overrides
  return insertRow(database, 'insert into wearers (name, reference) values ($1, $2) returning id', [name, randomUUID()])
}

export interface TagOverrides {
  readonly id?: string
  readonly protocol?: TagProtocol
  readonly password?: string
}

export function aTag(database: Queryable, overrides: TagOverrides = {}): Promise<TagId> {
  const { id = `tag-${randomUUID()}`, protocol = 'cordon', password = 'password' } = overrides
  return insertRow(database, 'insert into tags (id, protocol, password_hash) values ($1, $2, $3) returning id', [
    id,
    protocol,
    hashMqttPassword(password),
  ])
}

export function anOrder(
  database: Queryable,
  wearerId: WearerId,
  overrides: PeriodOverrides & { readonly risk?: Risk } = {},
): Promise<OrderId> {
  const sql = `insert into orders (wearer_id, type, valid_from, valid_to, risk) values ($1, 'licence', $2, $3, $4) returning id`
  return insertRow(database, sql, [wearerId, ...periodOf(overrides), overrides.risk ?? 'standard'])
}

export function anActivation(
  database: Queryable,
  wearerId: WearerId,
  tagId: TagId,
  period: PeriodOverrides = {},
): Promise<ActivationId> {
  const sql = 'insert into activations (wearer_id, tag_id, valid_from, valid_to) values ($1, $2, $3, $4) returning id'
  return insertRow(database, sql, [wearerId, tagId, ...periodOf(period)])
}

export function aCondition(
  database: Queryable,
  orderId: OrderId,
  zoneId: ZoneId,
  period: PeriodOverrides = {},
): Promise<ConditionId> {
  const sql = 'insert into conditions (order_id, zone_id, valid_from, valid_to) values ($1, $2, $3, $4) returning id'
  return insertRow(database, sql, [orderId, zoneId, ...periodOf(period)])
}

export function aPass(
  database: Queryable,
  conditionId: ConditionId,
  pass: { readonly from: number; readonly to: number; readonly corridor?: ZoneGeometry },
): Promise<PassId> {
  const sql = `insert into passes (condition_id, valid_from, valid_to, corridor, reason, created_by)
    values ($1, $2, $3, $4, 'hospital appointment', 'test') returning id`
  const corridor = pass.corridor === undefined ? null : JSON.stringify(pass.corridor)
  return insertRow(database, sql, [conditionId, new Date(pass.from), new Date(pass.to), corridor])
}

export function aSuspension(
  database: Queryable,
  wearerId: WearerId,
  { from, to, reason = 'in hospital' }: { readonly from: number; readonly to: number; readonly reason?: string },
): Promise<SuspensionId> {
  const sql = `insert into suspensions (wearer_id, valid_from, valid_to, reason, created_by)
    values ($1, $2, $3, $4, 'test') returning id`
  return insertRow(database, sql, [wearerId, new Date(from), new Date(to), reason])
}

export interface MonitoredWearer {
  readonly wearerId: WearerId
  readonly orderId: OrderId
  readonly tagId: TagId
  readonly activationId: ActivationId
  readonly zoneId: ZoneId
  readonly conditionId: ConditionId
}

/** A wearer with an order, a tag that is on, and one condition on a zone (a new one, unless given one to share). */
export async function aMonitoredWearer(
  database: Queryable,
  overrides: { readonly tag?: TagOverrides; readonly zone?: ZoneOverrides; readonly zoneId?: ZoneId } = {},
): Promise<MonitoredWearer> {
  const wearerId = await aWearer(database)
  const orderId = await anOrder(database, wearerId)
  const tagId = await aTag(database, overrides.tag)
  const activationId = await anActivation(database, wearerId, tagId)
  const zoneId = overrides.zoneId ?? (await aZone(database, overrides.zone))
  const conditionId = await aCondition(database, orderId, zoneId)
  return { wearerId, orderId, tagId, activationId, zoneId, conditionId }
}
