import type { ZoneCreate } from '@cordon/contract'
import type { CheckGeometryOptions } from '@cordon/geofence'
import { insertZone, listZones, listZoneVersions, replaceZone, type ZoneContent } from '@cordon/store'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { foundItem, notFound, Refusal } from '../http/refuse.ts'
import { ONE } from './one.ts'
import { readGeometry } from './read-geometry.ts'

type ZoneHandlers = Pick<Handlers, 'listZones' | 'createZone' | 'readZone' | 'replaceZone' | 'listZoneVersions'>

/** `limits`: where zones may lie, and of how many vertices. */
export const zoneHandlers = (limits: CheckGeometryOptions): ZoneHandlers => ({
  listZones: async ({ database, viewer, query, page }) => {
    const { wearerId } = query
    const found = await listZones(database, { wearerId, caseload: viewer.caseload }, page)
    // A zone by itself says nothing of anybody; which ones a wearer has, does.
    if (wearerId !== undefined) await record(database, viewer, { what: 'list-zones', wearerId })
    return found
  },
  createZone: async ({ database, viewer, body }) => {
    const zone = await insertZone(database, body.kind, readContent(body, viewer.name, limits))
    await record(database, viewer, { what: 'create-zone', detail: { zoneId: zone.id } })
    return zone
  },
  readZone: ({ database, viewer, params }) => readZone(database, viewer.caseload, params.id),
  replaceZone: call => replace(call, limits),
  listZoneVersions: async ({ database, viewer, params, page }) => {
    await readZone(database, viewer.caseload, params.id)
    return listZoneVersions(database, { id: params.id, caseload: viewer.caseload }, page)
  },
})

async function readZone(database: Call<'readZone'>['database'], caseload: string | undefined, id: string) {
  return foundItem(await listZones(database, { id, caseload }, ONE), 'zone')
}

async function replace({ database, viewer, params, body }: Call<'replaceZone'>, limits: CheckGeometryOptions) {
  const { kind } = await readZone(database, viewer.caseload, params.id)
  if (kind !== body.kind) {
    throw new Refusal('conflict', `this zone is one of ${kind} for good: make a new zone of the other kind`, {
      field: '/kind',
    })
  }
  const zone = await replaceZone(database, params.id, readContent(body, viewer.name, limits))
  if (zone === undefined) throw notFound('zone')
  await record(database, viewer, { what: 'replace-zone', detail: { zoneId: zone.id, version: zone.version } })
  return zone
}

function readContent(
  { name, geometry, buffer = 0 }: ZoneCreate,
  by: string,
  limits: CheckGeometryOptions,
): ZoneContent {
  return { name, geometry: readGeometry(geometry, limits), bufferM: buffer, by }
}
