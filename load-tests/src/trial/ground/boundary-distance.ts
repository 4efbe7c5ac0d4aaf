import type { Point } from './frame.ts'
import type { Shape } from './shape.ts'

/** Metres from a point to the nearest part of a shape's boundary, holes included, in the plane of the frame. */
export function boundaryDistanceM(shape: Shape, x: number, y: number): number {
  if (shape.type === 'circle') return Math.abs(Math.hypot(x - shape.centre[0], y - shape.centre[1]) - shape.radiusM)
  let nearest = Infinity
  for (const ring of shape.polygons.flat()) {
    let from = ring.at(-1)
    for (const to of ring) {
      if (from !== undefined) nearest = Math.min(nearest, segmentDistance(x, y, from, to))
      from = to
    }
  }
  return nearest
}

function segmentDistance(x: number, y: number, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length2 = dx * dx + dy * dy
  const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2))
  return Math.hypot(x - ax - along * dx, y - ay - along * dy)
}
