import type { CheckGeometryOptions } from '@cordon/geofence'
import { insertPass, listConditions, listPasses } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { checkPeriod } from './period.ts'
import { readGeometry } from './read-geometry.ts'

/** `limits`: where the corridor of a pass may lie, and of how many vertices. */
export const passHandlers = (limits: CheckGeometryOptions): Pick<Handlers, 'listPasses' | 'createPass'> => ({
  listPasses: async ({ database, viewer, query, page }) => {
    const { conditionId } = query
    const found = await listPasses(database, { conditionId, caseload: viewer.caseload }, page)
    await record(database, viewer, { what: 'list-passes', ...(conditionId && { detail: { conditionId } }) })
    return found
  },
  createPass: call => createPass(call, limits),
})

async function createPass({ database, viewer, body }: Call<'createPass'>, limits: CheckGeometryOptions) {
  checkPeriod(body)
  const { corridor } = body
  const pass = { ...body, ...(corridor && { corridor: readGeometry(corridor, limits, '/corridor') }) }
  const search = { id: body.conditionId, caseload: viewer.caseload }
  const [condition] = (await listConditions(database, search, ONE)).items
  if (condition === undefined) {
    throw new Refusal('unknown-reference', 'there is no such condition', { field: '/conditionId' })
  }
  const made = await insertPass(database, pass, viewer.name)
  await record(database, viewer, {
    what: 'create-pass',
    wearerId: condition.wearerId,
    detail: { passId: made.id, conditionId: condition.id },
  })
  return made
}
