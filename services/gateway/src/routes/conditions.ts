import type { ConditionCreate } from '@cordon/contract'
import {
  type ConditionParts,
  endCondition,
  insertCondition,
  listConditions,
  lockConfiguration,
  readConditionParts,
} from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'
import { refuseBadHours } from './read-hours.ts'

export const conditionHandlers: Pick<Handlers, 'listConditions' | 'createCondition' | 'endCondition'> = {
  listConditions: async ({ database, viewer, query, page }) => {
    const found = await listConditions(database, { ...query, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-conditions', wearerId: query.wearerId })
    return found
  },
  createCondition: async ({ database, viewer, body }) => {
    await lockConfiguration(database)
    checkCondition(body, await readConditionParts(database, body.orderId, body.zoneId))
    const condition = await insertCondition(database, body)
    const { id, wearerId, zoneId } = condition
    await record(database, viewer, { what: 'create-condition', wearerId, detail: { conditionId: id, zoneId } })
    return condition
  },
  endCondition: async ({ database, viewer, params, body }) => {
    const search = { id: params.id, caseload: viewer.caseload }
    const { id, wearerId, from } = foundItem(await listConditions(database, search, ONE), 'condition')
    const condition = await endCondition(database, id, body.to)
    if (condition === undefined) {
      throw new Refusal('conflict', `the condition begins at ${from}, not before its new end`, { field: '/to' })
    }
    await record(database, viewer, { what: 'end-condition', wearerId, detail: { conditionId: id, to: body.to } })
    return condition
  },
}

function checkCondition(body: ConditionCreate, parts: ConditionParts): void {
  if (!parts.orderExists) throw new Refusal('unknown-reference', 'there is no such order', { field: '/orderId' })
  if (parts.zoneKind === null) throw new Refusal('unknown-reference', 'there is no such zone', { field: '/zoneId' })
  refuseBadHours(body.hours)
  if (parts.orderEnded === true) {
    throw new Refusal('conflict', 'the order has ended: nothing of it is monitored any more', { field: '/orderId' })
  }
  const from = body.from ?? new Date().toISOString()
  checkPeriod({ from, to: body.to })
  checkWithinOrder({ from: Date.parse(from), to: body.to === undefined ? Infinity : Date.parse(body.to) }, parts)
}

function checkWithinOrder(period: { readonly from: number; readonly to: number }, parts: ConditionParts): void {
  const { orderFrom, orderTo } = parts
  if (period.from < (orderTo ?? Infinity) && period.to > (orderFrom ?? -Infinity)) return
  throw new Refusal('conflict', 'the condition lies wholly outside the time of its order', { field: '/from' })
}
