import Flatbush from 'flatbush'
import type { CheckedRing } from './check-rings.ts'
import { METRES_PER_DEGREE, RADIANS_PER_DEGREE } from './earth.ts'
import type { LonLat } from './geometry.ts'
import type { ProblemLog } from './geometry-problem.ts'
import { type Contact, contactOf } from './segment-contact.ts'

/** Narrower than a centimetre is no area but a line: no fix could be told to lie in it. */
const MIN_WIDTH_M = 0.01

/** An edge of a ring: from its position `place` to the next. */
interface Edge {
  readonly ring: CheckedRing
  readonly place: number
}

/** For each ring that another ring touches: by edge, the points of touch. Allowed (RFC 7946 is silent, OGC allows it). */
export type Touches = ReadonlyMap<CheckedRing, ReadonlyMap<number, readonly LonLat[]>>

/**
 * Reports rings without area, and every place where two edges meet that must not: edges of one ring anywhere but at the
 * vertex they share, edges of two rings anywhere but in a single point of touch.
 * Each edge is compared with those whose boxes meet its own, by flatbush: n log n for outlines as they are drawn.
 */
export function checkCrossings(rings: readonly CheckedRing[], log: ProblemLog): Touches {
  for (const ring of rings) {
    if (isFlat(ring))
      log.add('empty', ring.path, 'The ring encloses no area. Draw its outline anew.', ring.positions[0])
  }
  const touches = new Map<CheckedRing, Map<number, LonLat[]>>()
  if (log.isEmpty()) {
    forEachContact(rings, log.isFull, (one, other, contact) => {
      if (one.ring === other.ring || contact.kind !== 'touch') return reportCrossing([one, other], contact, log)
      for (const { ring, place } of [one, other]) {
        const byEdge = touches.get(ring) ?? new Map<number, LonLat[]>()
        touches.set(ring, byEdge.set(place, [...(byEdge.get(place) ?? []), contact.at]))
      }
    })
  }
  return touches
}

type ContactFound = (one: Edge, other: Edge, contact: Contact) => void

function forEachContact(rings: readonly CheckedRing[], isEnough: () => boolean, found: ContactFound): void {
  const edges = rings.flatMap(ring => ring.positions.slice(1).map((_, place) => ({ ring, place })))
  const tree = new Flatbush(edges.length)
  for (const edge of edges) {
    const [[lonA, latA], [lonB, latB]] = endsOf(edge)
    tree.add(Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB))
  }
  tree.finish()
  for (const [i, edge] of edges.entries()) {
    if (isEnough()) return
    const [[lonA, latA], [lonB, latB]] = endsOf(edge)
    const box = [Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB)] as const
    tree.search(...box, j => {
      const contact = j > i ? contactOf(...endsOf(edge), ...endsOf(edges[j])) : undefined
      if (contact !== undefined && !isJoint(edge, edges[j], contact)) found(edge, edges[j], contact)
      return false
    })
  }
}

/** The vertex between two edges that follow one another; if they overlap, the ring doubles back on itself. */
function isJoint(one: Edge, other: Edge, { kind }: Contact): boolean {
  const apart = other.place - one.place
  const isNext = apart === 1 || apart === one.ring.positions.length - 2
  return one.ring === other.ring && isNext && kind !== 'overlap'
}

function endsOf({ ring, place }: Edge): [LonLat, LonLat] {
  return [ring.positions[place], ring.positions[place + 1]]
}

function reportCrossing([one, other]: [Edge, Edge], { kind, at }: Contact, log: ProblemLog): void {
  const how = { cross: 'crosses', touch: 'touches', overlap: 'runs along' }[kind]
  const detail =
    one.ring === other.ring
      ? `The ring ${how} itself: the edges after positions ${placeOf(one)} and ${placeOf(other)}. Move one of them.`
      : `The edge after position ${placeOf(one)} ${how} the edge ${pathOf(other)} of another ring. Pull the rings apart, or merge the parts.`
  log.add('self-crossing', pathOf(one), detail, at)
}

function placeOf({ ring, place }: Edge): number {
  return ring.places[place]
}

function pathOf(edge: Edge): string {
  return `${edge.ring.path}/${placeOf(edge)}`
}

/** Whether all positions lie within MIN_WIDTH_M of the line through the first and the one farthest from it. */
function isFlat({ positions }: CheckedRing): boolean {
  const [lon0, lat0] = positions[0]
  const cos = Math.cos(lat0 * RADIANS_PER_DEGREE)
  const local = positions.map(([lon, lat]) => [(lon - lon0) * cos, lat - lat0] as const)
  const [farX, farY] = local.reduce((far, [x, y]) => (Math.hypot(x, y) > Math.hypot(far[0], far[1]) ? [x, y] : far))
  const widest = local.reduce((most, [x, y]) => Math.max(most, Math.abs(x * farY - y * farX)), 0)
  return (widest / Math.hypot(farX, farY)) * METRES_PER_DEGREE < MIN_WIDTH_M
}
