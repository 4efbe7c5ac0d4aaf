import { METRES_PER_DEGREE, RADIANS_PER_DEGREE } from './earth.ts'
import { type EdgeTree, FANOUT, LEAF_SIZE } from './edge-tree.ts'

// What is still to be looked at, shared by all calls: a call never yields, so it has them to itself. A level leaves at
// most FANOUT - 1 nodes waiting, so 128 entries are enough for 18 levels; 20,000 edges need 5.
const waiting = new Int32Array(128)
const waitingLevel = new Int32Array(128)
const waitingBound = new Float64Array(128)

/**
 * Metres from a position to the nearest edge, or `limitM` when no edge is nearer than that.
 *
 * An edge is a straight line in longitude and latitude, as it is for `booleanPointInPolygon` and in RFC 7946; a great
 * circle between the same ends leaves it by L² tan φ / 8R (2.5 m for an edge of 10 km at 52° north).
 *
 * The metric frame is the position's own, in degrees of latitude: north is Δφ, and east is Δλ cos φm with the middle
 * latitude φm of the two points, written as cos φ (1 − ½ tan φ Δφ). The point of an edge that is nearest is sought with
 * plain cos φ, its distance taken with φm. Against the great circle that is within 0.01 % up to 50 km and 0.1 % up to
 * 200 km between 49° and 61° north (signed-distance.test.ts), however large the zone, for nothing hangs on its centre.
 * Longitudes are not joined across 180°.
 *
 * Branch and bound: a box's distance takes the smallest cos φm in it, so it never exceeds that of any point in it.
 */
export function nearestEdgeM(tree: EdgeTree, lon: number, lat: number, limitM: number): number {
  // Hot loop: every local stays in a register, hence one function.
  const { data, levels, verticesAt } = tree
  const cos = Math.cos(lat * RADIANS_PER_DEGREE)
  const narrowing = (Math.tan(lat * RADIANS_PER_DEGREE) * RADIANS_PER_DEGREE) / 2
  const narrowSide = narrowing > 0 ? 3 : 1
  const limit = (limitM / METRES_PER_DEGREE) ** 2
  let best = limit
  let depth = 0
  let level = levels.length - 2
  let node = levels[level]
  let end = levels[level + 1]
  for (;;) {
    const base = depth
    for (; node < end; node++) {
      const box = node * 4
      const south = data[box + 1] - lat
      const north = data[box + 3] - lat
      const up = south > 0 ? south : Math.min(north, 0)
      const west = data[box] - lon
      const east = data[box + 2] - lon
      const across = (west > 0 ? west : Math.min(east, 0)) * cos * (1 - narrowing * (data[box + narrowSide] - lat))
      const bound = across * across + up * up
      if (bound >= best) continue
      // The nearest of the children goes on top, so that the next look brings `best` down most.
      const top = depth > base && waitingBound[depth - 1] < bound ? depth - 1 : depth
      waiting[depth] = waiting[top]
      waitingBound[depth] = waitingBound[top]
      waiting[top] = node
      waitingBound[top] = bound
      waitingLevel[depth++] = level
    }
    while (depth > 0 && waitingBound[depth - 1] >= best) depth--
    if (depth === 0) return best < limit ? Math.sqrt(best) * METRES_PER_DEGREE : limitM
    node = waiting[--depth]
    level = waitingLevel[depth]
    if (level > 0) {
      node = levels[level - 1] + (node - levels[level]) * FANOUT
      end = Math.min(node + FANOUT, levels[level--])
      continue
    }
    let at = verticesAt + node * LEAF_SIZE
    let x = (data[at] - lon) * cos
    let y = data[at + 1] - lat
    for (const stop = at + LEAF_SIZE - 2; at < stop; ) {
      at += 2
      const nextX = (data[at] - lon) * cos
      const nextY = data[at + 1] - lat
      const alongX = nextX - x
      const alongY = nextY - y
      const length2 = alongX * alongX + alongY * alongY
      const dot = -(x * alongX + y * alongY)
      const t = dot <= 0 ? 0 : dot >= length2 ? 1 : dot / length2
      const nearY = y + t * alongY
      const nearX = (x + t * alongX) * (1 - narrowing * nearY)
      const distance2 = nearX * nearX + nearY * nearY
      if (distance2 < best) best = distance2
      x = nextX
      y = nextY
    }
    node = end // nothing to add: take the next from the stack
  }
}
