import { insertPass, listConditions, listPasses } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'

export const passHandlers: Pick<Handlers, 'listPasses' | 'createPass'> = {
  listPasses: async ({ database, viewer, query, page }) => {
    const { conditionId } = query
    const found = await listPasses(database, { conditionId, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-passes', ...(conditionId && { detail: { conditionId } }) })
    return found
  },
  createPass: async ({ database, viewer, body }) => {
    checkPeriod(body)
    const search = { id: body.conditionId, caseload: viewer.caseload }
    const [condition] = (await listConditions(database, search, ONE)).items
    if (condition === undefined) {
      throw new Refusal('unknown-reference', 'there is no such condition', { field: '/conditionId' })
    }
    const pass = await insertPass(database, body, viewer.name)
    await record(database, viewer, {
      what: 'create-pass',
      wearerId: condition.wearerId,
      detail: { passId: pass.id, conditionId: condition.id },
    })
    return pass
  },
}
