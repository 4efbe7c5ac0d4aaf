import { type CompiledZone, edgesOf, openZone } from './compile-zone.ts'
import { createEdgeTree, LEAF_SIZE, someLeaf } from './edge-tree.ts'
import type { Box, LonLat } from './geometry.ts'
import { isInside } from './is-inside.ts'
import { nearestEdgeM } from './nearest-edge.ts'
import { contactOf } from './segment-contact.ts'

/** Whether the straight way (in longitude and latitude) between two positions has a point in common with the zone. */
export function crossesZone(zone: CompiledZone, from: LonLat, to: LonLat): boolean {
  if (isInside(zone, from[0], from[1]) || isInside(zone, to[0], to[1])) return true
  const open = openZone(zone)
  if (open.shape === 'circle') {
    return nearestEdgeM(createEdgeTree([[[from, to]]]), open.lon, open.lat, open.radiusM) < open.radiusM
  }
  const edges = edgesOf(open)
  const { data } = edges
  return someLeaf(edges, boxOf(from, to), first => {
    for (let at = first; at < first + LEAF_SIZE - 2; at += 2) {
      const edge = [data[at], data[at + 1], data[at + 2], data[at + 3]]
      if (contactOf([edge[0], edge[1]], [edge[2], edge[3]], from, to) !== undefined) return true
    }
    return false
  })
}

function boxOf([lonA, latA]: LonLat, [lonB, latB]: LonLat): Box {
  return [Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB)]
}
