import type { Position } from 'geojson'

/** IUGG mean radius: the sphere on which a zone's circle is drawn; within 0.3 % of the ellipsoid. */
const earthRadiusM = 6_371_008.8
const degree = Math.PI / 180
/** A circle of 180 corners lies within 0.02 % of its radius. */
const circleCorners = 180
/** Corners of the quarter-turn round a zone's outward corner: one every 10°. */
const arcStep = Math.PI / 18

/** A circle on the ground as a closed ring, anticlockwise. `center` is lon, lat; `radiusM` metres. */
export function circleRing(center: Position, radiusM: number, corners = circleCorners): Position[] {
  const [lon = 0, lat = 0] = center
  const ring: Position[] = []
  for (let corner = 0; corner < corners; corner++) {
    ring.push(destination(lon, lat, (-2 * Math.PI * corner) / corners, radiusM))
  }
  return [...ring, ...ring.slice(0, 1)]
}

/** The point `distanceM` from a start along a bearing (radians clockwise from north), on the sphere. */
function destination(lon: number, lat: number, bearing: number, distanceM: number): Position {
  const angle = distanceM / earthRadiusM
  const sinLat = Math.sin(lat * degree) * Math.cos(angle) + Math.cos(lat * degree) * Math.sin(angle) * Math.cos(bearing)
  const y = Math.sin(bearing) * Math.sin(angle) * Math.cos(lat * degree)
  const x = Math.cos(angle) - Math.sin(lat * degree) * sinLat
  return [lon + Math.atan2(y, x) / degree, Math.asin(sinLat) / degree]
}

type Point = readonly [xM: number, yM: number]

/**
 * The outer edge of the buffer round a polygon's outer ring: every point `bufferM` metres away from it.
 * The offset of each edge and an arc round each corner are walked in order, and what lies nearer than the
 * buffer (the loops inside concave corners) is left out. Quadratic in the corners: for outlines on a screen.
 */
export function bufferRing(ring: readonly Position[], bufferM: number): Position[] {
  const origin = ring[0]
  if (origin === undefined || ring.length < 4) return []
  const frame = metricFrame(origin)
  const corners = anticlockwise(ring.slice(0, -1).map(frame.toMetres))
  const edges = corners.map((corner, index) => [corner, corners[(index + 1) % corners.length] ?? corner] as const)
  const walked = edges.flatMap(([from, to], index) => {
    const [before = from] = edges[(index + edges.length - 1) % edges.length] ?? []
    return [...cornerArc(before, from, to, bufferM), ...edgeOffset(from, to, bufferM)]
  })
  const kept = walked.filter(point => edges.every(([from, to]) => distanceToEdge(point, from, to) >= bufferM * 0.999))
  const outline = kept.map(frame.toDegrees)
  return [...outline, ...outline.slice(0, 1)]
}

/** Metres east and north of an origin, flat: good to 0.1 % over the tens of kilometres of a zone. */
function metricFrame([lon0 = 0, lat0 = 0]: Position) {
  const metresPerLat = earthRadiusM * degree
  const metresPerLon = metresPerLat * Math.cos(lat0 * degree)
  return {
    toMetres: ([lon = 0, lat = 0]: Position): Point => [(lon - lon0) * metresPerLon, (lat - lat0) * metresPerLat],
    toDegrees: ([x, y]: Point): Position => [lon0 + x / metresPerLon, lat0 + y / metresPerLat],
  }
}

function anticlockwise(corners: Point[]): Point[] {
  const doubleArea = corners.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
  return doubleArea >= 0 ? corners : corners.toReversed()
}

/** Direction (radians from east) of the outward normal of an edge of an anticlockwise ring. */
function outward([fromX, fromY]: Point, [toX, toY]: Point): number {
  return Math.atan2(toY - fromY, toX - fromX) - Math.PI / 2
}

function cornerArc(before: Point, corner: Point, after: Point, bufferM: number): Point[] {
  const start = outward(before, corner)
  const turn = positiveTurn(outward(corner, after) - start)
  if (turn >= Math.PI) return []
  const steps = Math.ceil(turn / arcStep)
  return Array.from({ length: steps + 1 }, (_, step) =>
    offset(corner, start + (turn * step) / Math.max(steps, 1), bufferM),
  )
}

/** Several points along an edge, so that cutting off a loop costs little of the edge itself. */
function edgeOffset(from: Point, to: Point, bufferM: number): Point[] {
  const direction = outward(from, to)
  const steps = 8
  return Array.from({ length: steps + 1 }, (_, step) => {
    const share = step / steps
    const along: Point = [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
    return offset(along, direction, bufferM)
  })
}

function positiveTurn(angle: number): number {
  return ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI)
}

function offset([x, y]: Point, direction: number, distanceM: number): Point {
  return [x + Math.cos(direction) * distanceM, y + Math.sin(direction) * distanceM]
}

function distanceToEdge([x, y]: Point, [fromX, fromY]: Point, [toX, toY]: Point): number {
  const dx = toX - fromX
  const dy = toY - fromY
  const lengthSquared = dx * dx + dy * dy
  const along = lengthSquared === 0 ? 0 : ((x - fromX) * dx + (y - fromY) * dy) / lengthSquared
  const share = Math.min(1, Math.max(0, along))
  return Math.hypot(x - fromX - share * dx, y - fromY - share * dy)
}
