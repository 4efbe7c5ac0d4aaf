import type { ErasureCreate, Wearer } from '@cordon/contract'
import { insertErasure, listErasures, listWearers, readErasureObstacles } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Handlers } from '../http/handler.ts'
import { foundItem, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'

export const erasureHandlers: Pick<Handlers, 'createErasure' | 'listErasures' | 'readErasure'> = {
  createErasure: async ({ database, viewer, params, body }) => {
    const search = { id: params.id, caseload: viewer.caseload }
    const wearer = foundItem(await listWearers(database, search, ONE), 'wearer')
    refuseNames(wearer, body)
    const obstacles = (await readErasureObstacles(database, wearer.id)) ?? []
    const [first] = obstacles
    if (first !== undefined) {
      const problems = obstacles.map(detail => ({ field: '', detail }))
      throw new Refusal('conflict', `the wearer cannot be erased: ${first}`, { problems })
    }
    const erasure = await insertErasure(
      database,
      { wearerId: wearer.id, ...body },
      { why: 'erasure', byWhom: viewer.name },
    )
    const detail = { erasureId: erasure.id }
    await record(database, viewer, { what: 'create-erasure', wearerId: wearer.id, detail })
    return erasure
  },
  listErasures: ({ database, query, page }) => listErasures(database, query, page),
  readErasure: async ({ database, viewer, params }) => {
    const erasure = foundItem(await listErasures(database, { id: params.id }, ONE), 'erasure')
    await record(database, viewer, { what: 'read-erasure', detail: { erasureId: erasure.id } })
    return erasure
  },
}

/** The erasure is kept as the proof, so nothing in it may say who it was. */
function refuseNames({ name, reference }: Wearer, body: ErasureCreate): void {
  for (const field of ['reason', 'reference'] as const) {
    const text = body[field].toLowerCase()
    if (text.includes(name.toLowerCase()) || text.includes(reference.toLowerCase()))
      throw new Refusal('invalid-body', 'this is kept as the proof and must not name the wearer', {
        field: `/${field}`,
      })
  }
}
