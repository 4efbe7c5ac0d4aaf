import { asId, LIMITS, type WearerId, type ZonePreviewCreate } from '@cordon/contract'
import type { CheckGeometryOptions } from '@cordon/geofence'
import type { Clock } from '@cordon/runtime'
import { listWearers, type Queryable, readPolicies, readWatchConfiguration, type Store } from '@cordon/store'
import type { Period } from '@cordon/watch'
import { record } from '../audit/record.ts'
import type { Call, Handlers } from '../http/handler.ts'
import { Refusal } from '../http/refuse.ts'
import type { Previewer } from '../preview/create-previewer.ts'
import type { PreviewDraft } from '../preview/preview-parts.ts'
import { reachOf } from '../preview/reach.ts'
import { createTrailReader } from '../preview/read-trails.ts'
import { summarisePreview } from '../preview/summarise-preview.ts'
import type { Viewer } from '../sign-in/viewer.ts'
import { ONE } from './one.ts'
import { readGeometry } from './read-geometry.ts'
import { refuseBadHours } from './read-hours.ts'

export interface ZonePreviewParts {
  readonly store: Store
  readonly previewer: Previewer
  readonly clock: Clock
  /** Where zones may lie, and of how many vertices. */
  readonly zoneLimits: CheckGeometryOptions
}

export const zonePreviewHandlers = (parts: ZonePreviewParts): Pick<Handlers, 'previewZone'> => ({
  previewZone: call => previewZone(call, parts),
})

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const USUAL_MS = 14 * DAY_MS

async function previewZone({ database, viewer, body }: Call<'previewZone'>, parts: ZonePreviewParts) {
  const { store, previewer, clock, zoneLimits } = parts
  const geometry = readGeometry(body.geometry, zoneLimits)
  refuseBadHours(body.hours)
  const span = readSpan(body, clock.now())
  const wearerIds = await findWearers(database, viewer, body.wearerIds)
  await recordReads(database, viewer, { wearerIds, span })
  const [{ activations }, policies] = await Promise.all([
    readWatchConfiguration(store, { wearerIds, endedAfter: span.from }),
    readPolicies(store),
  ])
  const draft: PreviewDraft = {
    ...span,
    kind: body.kind,
    geometry,
    bufferM: body.buffer ?? 0,
    hours: body.hours ?? null,
    policies: policies.map(({ version, from, body: changes }) => ({ version, from, ...changes })),
  }
  const reader = createTrailReader(store, { wearerIds, watched: activations, span, keep: reachOf(draft) })
  const trails = await previewer.preview(draft, () => reader.trails())
  return summarisePreview(draft, reader.coverage(), trails)
}

/** The last 14 days when nothing is said; the future is not known, so it ends now. */
function readSpan(body: ZonePreviewCreate, now: number): Period {
  const to = Math.min(now, body.to === undefined ? now : Date.parse(body.to))
  const from = body.from === undefined ? to - USUAL_MS : Date.parse(body.from)
  if (from >= to) throw new Refusal('invalid-body', '`from` must lie before `to` and before now', { field: '/from' })
  if (to - from <= LIMITS.trackHours * HOUR_MS) return { from, to }
  throw new Refusal('invalid-body', `one preview covers at most ${LIMITS.trackHours} hours`, { field: '/from' })
}

/** One that the viewer may not see is answered like one that does not exist. */
async function findWearers(
  database: Queryable,
  { caseload }: Viewer,
  ids: readonly string[],
): Promise<readonly WearerId[]> {
  const pages = await Promise.all(ids.map(id => listWearers(database, { id, caseload }, ONE)))
  const missing = pages.findIndex(({ items }) => items.length === 0)
  if (missing === -1) return ids.map(id => asId<WearerId>(id))
  throw new Refusal('not-found', 'there is no such wearer', { field: `/wearerIds/${missing}` })
}

async function recordReads(
  database: Queryable,
  viewer: Viewer,
  { wearerIds, span }: { readonly wearerIds: readonly WearerId[]; readonly span: Period },
): Promise<void> {
  const detail = { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString(), for: 'zone-preview' }
  await Promise.all(wearerIds.map(wearerId => record(database, viewer, { what: 'read-track', wearerId, detail })))
}
