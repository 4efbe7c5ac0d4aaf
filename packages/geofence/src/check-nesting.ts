import type { Touches } from './check-crossings.ts'
import type { CheckedRing } from './check-rings.ts'
import { type CompiledZone, compileZone } from './compile-zone.ts'
import type { LonLat } from './geometry.ts'
import type { ProblemLog } from './geometry-problem.ts'
import { isInside } from './is-inside.ts'
import { along, isSame } from './segment-contact.ts'
import { createZoneIndex } from './zone-index.ts'

interface Ask {
  readonly ring: CheckedRing
  readonly samples: readonly LonLat[]
}

const DETAILS = {
  'hole-outside': 'This hole lies outside the outer ring of its polygon. Make it a polygon of its own, or remove it.',
  'hole-in-hole': 'This hole lies in another hole of its polygon. Remove one of them.',
  overlapping: 'This polygon lies in another one. Merge the two, or remove one.',
} as const

/**
 * Holes have to lie in their polygon's outer ring and outside its other holes, polygons outside one another (in a hole
 * is outside). No two rings cross here any more, so a ring lies on one side of another as a whole, unless they touch: then
 * each stretch between two touches may lie on a side of its own, and one point of each stretch is asked.
 */
export function checkNesting(rings: readonly CheckedRing[], touches: Touches, log: ProblemLog): void {
  const polygons: Ask[][] = []
  for (const ring of rings) {
    polygons[ring.polygon] ??= []
    polygons[ring.polygon].push({ ring, samples: samplesOf(ring, touches) })
  }
  for (const [shell, ...holes] of polygons) {
    checkHoles(shell, holes, log)
    const areas = holes.map(hole => areaOf([hole]))
    checkApart(holes, areas, 'hole-in-hole', log)
  }
  const shells = polygons.map(([shell]) => shell)
  checkApart(shells, polygons.map(areaOf), 'overlapping', log)
}

function checkHoles(shell: Ask, holes: readonly Ask[], log: ProblemLog): void {
  const area = areaOf([shell])
  for (const { ring, samples } of holes) {
    const outside = samples.find(([lon, lat]) => !isInside(area, lon, lat))
    if (outside) log.add('hole-outside', ring.path, DETAILS['hole-outside'], outside)
  }
}

type ApartCode = 'hole-in-hole' | 'overlapping'

/** `areas[i]` belongs to `asks[i]`; no sample of one may lie in the area of another. */
function checkApart(asks: readonly Ask[], areas: readonly CompiledZone[], code: ApartCode, log: ProblemLog): void {
  const index = createZoneIndex(areas)
  for (const [i, { ring, samples }] of asks.entries()) {
    const within = samples.find(([lon, lat]) => {
      let isWithin = false
      index.visit(lon, lat, 0, j => {
        isWithin ||= j !== i && isInside(areas[j], lon, lat)
      })
      return isWithin
    })
    if (within) log.add(code, ring.path, DETAILS[code], within)
  }
}

function areaOf(parts: readonly Ask[]): CompiledZone {
  return compileZone({ type: 'Polygon', coordinates: parts.map(({ ring }) => ring.positions) })
}

/** One point of each stretch between touches, taken on the touched edges; a ring that nothing touches is one stretch. */
function samplesOf(ring: CheckedRing, touches: Touches): readonly LonLat[] {
  const touched = touches.get(ring)
  if (touched === undefined) return ring.positions.slice(0, 1)
  return [...touched].flatMap(([place, points]) => {
    const start = ring.positions[place]
    const fromStart = ([lon, lat]: LonLat) => Math.hypot(lon - start[0], lat - start[1])
    const cuts = [start, ...points, ring.positions[place + 1]].sort((a, b) => fromStart(a) - fromStart(b))
    return cuts.slice(1).flatMap((cut, i) => (isSame(cut, cuts[i]) ? [] : [along(cuts[i], cut, 0.5)]))
  })
}
