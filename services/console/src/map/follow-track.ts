import type { TrackFeature } from '@cordon/contract'
import type { TagPosition } from './tag-table.ts'
import { trackLines } from './track-gaps.ts'

type Lines = ReturnType<typeof trackLines>

/**
 * A track that was read once, and its live end: each newer position of the wearer is added. Answers the lines to
 * draw when they have changed since the last call, or undefined.
 */
export function followTrack(read: readonly TrackFeature[]): (newest: TagPosition | undefined) => Lines | undefined {
  const fixes = [...read]
  let isDrawn = false
  return newest => {
    const last = fixes.at(-1)
    const isNewer = last !== undefined && newest !== undefined && newest.measuredAtMs > Date.parse(last.properties.time)
    if (isNewer) fixes.push(toFeature(newest, last))
    if (isDrawn && !isNewer) return undefined
    isDrawn = true
    return trackLines(fixes)
  }
}

function toFeature(position: TagPosition, template: TrackFeature): TrackFeature {
  const time = new Date(position.measuredAtMs).toISOString()
  return {
    ...template,
    geometry: { type: 'Point', coordinates: [position.lon, position.lat] },
    properties: { ...template.properties, time, activationId: position.activationId },
  }
}
