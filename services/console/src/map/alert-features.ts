import type { Incident } from '@cordon/contract'
import type { Feature, FeatureCollection, Point, Polygon } from 'geojson'
import { compareIncidents, severityRank } from '../incidents/queue-order.ts'
import { durationWords } from '../status/time-words.ts'
import { circleRing } from './rings.ts'
import { type AgeClass, ageClass } from './staleness.ts'
import type { TagPosition, TagTable } from './tag-table.ts'

/** Labels beyond this many would hide the map; the queue lists every incident. */
const alertsDrawn = 200
/** A circle that only has to look round. */
const accuracyCorners = 64

export type Marked = {
  readonly position: TagPosition
  readonly name: string
  readonly severity: Incident['severity'] | 'none'
  readonly selected: boolean
}

type AlertProperties = {
  readonly label: string
  readonly severity: Marked['severity']
  readonly selected: boolean
  readonly age: AgeClass
  readonly rank: number
}

/** Who is ringed and labelled: the wearers of the worst incidents that are neither closed nor proved wrong, and who is selected. */
export function markedWearers(
  tags: TagTable,
  incidents: Iterable<Incident>,
  selected: { readonly wearerId: string; readonly name: string } | undefined,
): Marked[] {
  const marked = new Map<string, Marked>()
  const chosen = selected && tags.ofWearer(selected.wearerId)
  if (selected && chosen) {
    marked.set(selected.wearerId, { position: chosen, name: selected.name, severity: 'none', selected: true })
  }
  const active = [...incidents].filter(
    ({ state, severity, conclusion }) => state !== 'closed' && severity !== 'message' && conclusion !== 'disproved',
  )
  for (const incident of active.toSorted(compareIncidents).slice(0, alertsDrawn)) {
    const { wearerId, wearerName = '', severity } = incident
    const position = wearerId === undefined ? undefined : tags.ofWearer(wearerId)
    if (wearerId === undefined || position === undefined || marked.has(wearerId)) continue
    marked.set(wearerId, { position, name: wearerName, severity, selected: false })
  }
  return [...marked.values()]
}

/** Every label says how old the position is. */
export function alertFeatures(marked: readonly Marked[], nowMs: number): FeatureCollection<Point, AlertProperties> {
  const features = marked.map(({ position, name, severity, selected }): Feature<Point, AlertProperties> => {
    const age = ageClass(position.measuredAtMs, nowMs)
    const ago = `${durationWords(nowMs - position.measuredAtMs)} ago`
    const label = age === 'live' ? `${name}, ${ago}` : `${name}, last seen ${ago}`
    const rank = selected ? 0 : severity === 'none' ? 9 : severityRank[severity]
    return {
      type: 'Feature',
      properties: { label, severity, selected, age, rank },
      geometry: { type: 'Point', coordinates: [position.lon, position.lat] },
    }
  })
  return { type: 'FeatureCollection', features }
}

/** The 95 % circle of every marked position at its true size. Unknown accuracy draws none: the panel says so. */
export function accuracyFeatures(marked: readonly Marked[]): FeatureCollection<Polygon> {
  const features = marked.flatMap(({ position }): Feature<Polygon>[] => {
    if (position.accuracyM === undefined || position.accuracyM <= 0) return []
    const ring = circleRing([position.lon, position.lat], position.accuracyM, accuracyCorners)
    return [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }]
  })
  return { type: 'FeatureCollection', features }
}
