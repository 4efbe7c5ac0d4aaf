import Flatbush from 'flatbush'
import type { CheckedRing } from './check-rings.ts'
import { METRES_PER_DEGREE, RADIANS_PER_DEGREE } from './earth.ts'
import type { LonLat } from './geometry.ts'
import type { ProblemLog } from './geometry-problem.ts'
import { type Contact, contactOf } from './segment-contact.ts'

/** Narrower than a centimetre is no area but a line: no fix could be told to lie in it. */
const MIN_WIDTH_M = 0.01

/** Parts of a real zone touch here and there; to look into more touches than this takes seconds. */
const MAX_TOUCHES = 10_000

/**
 * Pairs of edges whose boxes meet, each seen from both. The bench's rough outline of 20,000 vertices has 650,000, a comb of
 * 20,000 long slanting teeth has 400 million: 8 s of a gateway's time for one request, against 0.2 s at this bound.
 */
const MAX_NEAR_PAIRS = 10_000_000

/** An edge of a ring: from its position `place` to the next. */
interface Edge {
  readonly ring: CheckedRing
  readonly place: number
}

/** For each ring that another ring touches: by edge, the points of touch. (OGC 06-103r4, 6.1.11: rings may touch in points.) */
export type Touches = ReadonlyMap<CheckedRing, ReadonlyMap<number, readonly LonLat[]>>

/**
 * Reports rings without area, and every place where two edges meet that must not: edges of one ring anywhere but at the
 * vertex they share, edges of two rings anywhere but in a single point of touch.
 */
export function checkCrossings(rings: readonly CheckedRing[], log: ProblemLog): Touches {
  for (const ring of rings) {
    if (isFlat(ring))
      log.add('empty', ring.path, 'The ring encloses no area. Draw its outline anew.', ring.positions[0])
  }
  return log.isEmpty() ? findContacts(rings, log) : new Map()
}

function findContacts(rings: readonly CheckedRing[], log: ProblemLog): Touches {
  const touches = new Map<CheckedRing, Map<number, LonLat[]>>()
  let count = 0
  const isDone = forEachNearPair(rings, (one, other) => {
    const contact = contactOf(...endsOf(one), ...endsOf(other))
    if (contact === undefined || isJoint(one, other, contact)) return true
    if (one.ring === other.ring || contact.kind !== 'touch') {
      reportCrossing([one, other], contact, log)
      return !log.isFull()
    }
    if (++count > MAX_TOUCHES) {
      log.add('too-dense', pathOf(one), `Rings touch in more than ${MAX_TOUCHES} places. Merge the parts.`, contact.at)
      return false
    }
    addTouch(touches, one, contact.at)
    addTouch(touches, other, contact.at)
    return true
  })
  if (!isDone) log.add('too-dense', '/coordinates', 'Too many long edges lie side by side to check this. Simplify it.')
  return touches
}

function addTouch(touches: Map<CheckedRing, Map<number, LonLat[]>>, { ring, place }: Edge, at: LonLat): void {
  const byEdge = touches.get(ring) ?? new Map<number, LonLat[]>()
  const points = byEdge.get(place) ?? []
  points.push(at)
  touches.set(ring, byEdge.set(place, points))
}

/**
 * Calls `found` with pairs of edges, leaving out only such as cannot meet, until it says false. By flatbush over the boxes
 * of the edges: n log n for outlines as they are drawn. Says false itself when it gave up at MAX_NEAR_PAIRS.
 */
function forEachNearPair(rings: readonly CheckedRing[], found: (one: Edge, other: Edge) => boolean): boolean {
  const edges = rings.flatMap(ring => ring.positions.slice(1).map((_, place) => ({ ring, place })))
  const ends = Float64Array.from(edges.flatMap(edge => endsOf(edge).flat()))
  const tree = new Flatbush(edges.length)
  for (let i = 0; i < edges.length; i++) tree.add(...boxOf(ends, i))
  tree.finish()
  let goesOn = true
  let pairs = 0
  for (let i = 0; i < edges.length && goesOn && pairs <= MAX_NEAR_PAIRS; i++) {
    tree.search(...boxOf(ends, i), j => {
      pairs++
      if (goesOn && j > i && !liesAside(ends, i, j) && !liesAside(ends, j, i)) goesOn = found(edges[i], edges[j])
      return false
    })
  }
  return pairs <= MAX_NEAR_PAIRS
}

function boxOf(ends: Float64Array, edge: number): [number, number, number, number] {
  const [lonA, latA, lonB, latB] = ends.subarray(edge * 4, edge * 4 + 4)
  return [Math.min(lonA, lonB), Math.min(latA, latB), Math.max(lonA, lonB), Math.max(latA, latB)]
}

/** Whether all of `edge` lies on one side of the line through `line`: what `contactOf` asks first, with nothing allocated. */
function liesAside(ends: Float64Array, line: number, edge: number): boolean {
  const lonA = ends[line * 4]
  const latA = ends[line * 4 + 1]
  const lonB = ends[line * 4 + 2]
  const latB = ends[line * 4 + 3]
  const lonC = ends[edge * 4]
  const latC = ends[edge * 4 + 1]
  const lonD = ends[edge * 4 + 2]
  const latD = ends[edge * 4 + 3]
  const sideC = (lonA - lonC) * (latB - latC) - (latA - latC) * (lonB - lonC)
  const sideD = (lonA - lonD) * (latB - latD) - (latA - latD) * (lonB - lonD)
  return sideC * sideD > 0
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
