import { clearanceM, createPath, type Path } from './path.ts'
import { between, distanceM, type Point } from './point.ts'
import { TOWNS } from './towns.ts'

/** A place and how far to stay away from it. */
export interface KeptAway {
  readonly from: Point
  readonly metres: number
}

/** Metres: shorter ways lead over local streets, not through the middles of towns. */
const LOCAL_M = 3_000

/** Straight roads between towns, wherever no third town lies in the circle over the road (a Gabriel graph, which is connected). */
const ROADS: ReadonlyMap<Point, readonly Point[]> = new Map(
  TOWNS.map(here => [here, TOWNS.filter(there => there !== here && isRoad(here, there))]),
)

function isRoad(here: Point, there: Point): boolean {
  const middle = between(here, there, 0.5)
  const radiusM = distanceM(here, there) / 2
  return TOWNS.every(other => other === here || other === there || distanceM(middle, other) >= radiusM)
}

/** The shortest way by road that stays clear of what is kept away from; undefined when there is none. */
export function routeBetween(from: Point, to: Point, away?: KeptAway): Path | undefined {
  if (distanceM(from, to) < LOCAL_M) return clearOf(away, localWay(from, to))
  const way = shortestWay(from, to, away)
  return way === undefined ? undefined : clearOf(away, createPath(way))
}

/** Round one corner, as streets go. */
export function localWay(from: Point, to: Point): Path {
  return createPath([from, { lon: to.lon, lat: from.lat }, to])
}

function clearOf(away: KeptAway | undefined, path: Path): Path | undefined {
  return away === undefined || clearanceM(path, away.from) >= away.metres ? path : undefined
}

/** Dijkstra's, over the towns and the two ends, each of which reaches the three towns nearest to it. */
function shortestWay(from: Point, to: Point, away: KeptAway | undefined): [Point, ...Point[]] | undefined {
  const starts = nearestTowns(from)
  const ends = new Set<Point>(nearestTowns(to))
  const waysM = new Map<Point, number>([[from, 0]])
  const before = new Map<Point, Point>()
  const open = new Set<Point>([from])
  for (let here = nearest(open, waysM); here !== undefined; here = nearest(open, waysM)) {
    if (here === to) return traced(to, before)
    open.delete(here)
    const next = here === from ? starts : [...(ROADS.get(here) ?? []), ...(ends.has(here) ? [to] : [])]
    for (const there of next) {
      const wayM = (waysM.get(here) ?? 0) + distanceM(here, there)
      if (wayM >= (waysM.get(there) ?? Infinity) || clearOf(away, createPath([here, there])) === undefined) continue
      waysM.set(there, wayM)
      before.set(there, here)
      open.add(there)
    }
  }
  return undefined
}

function nearestTowns(point: Point): Point[] {
  return TOWNS.toSorted((a, b) => distanceM(point, a) - distanceM(point, b)).slice(0, 3)
}

function nearest(open: ReadonlySet<Point>, waysM: ReadonlyMap<Point, number>): Point | undefined {
  let found: Point | undefined
  for (const point of open) {
    if (found === undefined || (waysM.get(point) ?? Infinity) < (waysM.get(found) ?? Infinity)) found = point
  }
  return found
}

function traced(to: Point, before: ReadonlyMap<Point, Point>): [Point, ...Point[]] {
  const way: [Point, ...Point[]] = [to]
  for (let here = before.get(to); here !== undefined; here = before.get(here)) way.unshift(here)
  return way
}
