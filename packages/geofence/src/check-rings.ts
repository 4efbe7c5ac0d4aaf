import type { LonLat } from './geometry.ts'
import type { ProblemLog } from './geometry-problem.ts'
import { isSame } from './segment-contact.ts'

/** A ring as it was read: closed, no position repeated in a row, with the way back to where each position stood. */
export interface CheckedRing {
  readonly polygon: number
  readonly isHole: boolean
  /** JSON pointer to the ring. */
  readonly path: string
  readonly positions: readonly LonLat[]
  /** For each of `positions` its place in the ring as it came. */
  readonly places: readonly number[]
}

interface RingSource {
  readonly polygon: number
  readonly isHole: boolean
  readonly path: string
  readonly input: readonly unknown[]
}

interface RingOptions {
  readonly isMulti: boolean
  readonly maxVertices: number
}

/** Reads the `coordinates` of a polygon or multipolygon; where something is wrong, the log says so and rings may be missing. */
export function readRings(coordinates: unknown, { isMulti, maxVertices }: RingOptions, log: ProblemLog): CheckedRing[] {
  const polygons = isMulti ? readList(coordinates, '/coordinates', log) : [coordinates]
  const sources = polygons.flatMap((polygon, p) => {
    const path = isMulti ? `/coordinates/${p}` : '/coordinates'
    return readList(polygon, path, log).map((ring, r) => {
      const ringPath = `${path}/${r}`
      return { polygon: p, isHole: r > 0, path: ringPath, input: readList(ring, ringPath, log) }
    })
  })
  const vertices = sources.reduce((sum, { input }) => sum + input.length - 1, 0)
  if (vertices > maxVertices) {
    const detail = `${vertices} vertices are more than the ${maxVertices} a zone may have. Simplify its outline.`
    log.add('too-many-vertices', '/coordinates', detail)
  }
  return log.isEmpty() ? sources.flatMap(source => readRing(source, log) ?? []) : []
}

/** A list that has something in it; else an empty one and an entry in the log. */
function readList(value: unknown, path: string, log: ProblemLog): readonly unknown[] {
  if (!Array.isArray(value)) log.add('wrong-type', path, 'Expected a list here. Compare with RFC 7946, section 3.1.')
  else if (value.length === 0) log.add('empty', path, 'This list is empty. Draw the outline, or leave the part out.')
  else return value
  return []
}

function readRing({ input, ...where }: RingSource, log: ProblemLog): CheckedRing | undefined {
  const read = input.map((position, i) => readPosition(position, `${where.path}/${i}`, log))
  const all = read.filter(position => position !== undefined)
  if (all.length < read.length) return undefined
  const last = all[all.length - 1]
  if (!isSame(all[0], last)) {
    const detail = 'The ring is not closed. Repeat its first position as the last.'
    log.add('unclosed', `${where.path}/${all.length - 1}`, detail, last)
    return undefined
  }
  const places = [...all.keys()].filter(i => i === 0 || !isSame(all[i], all[i - 1]))
  const ring = { ...where, positions: places.map(i => all[i]), places }
  if (ring.positions.length < 4) {
    log.add('empty', where.path, 'A ring needs at least three different positions to enclose anything.', last)
    return undefined
  }
  return ring
}

function readPosition(value: unknown, path: string, log: ProblemLog): LonLat | undefined {
  if (!Array.isArray(value)) {
    log.add('wrong-type', path, 'Expected a position [longitude, latitude]. Check how deep the lists are nested.')
    return undefined
  }
  const [lon, lat]: unknown[] = value
  if (typeof lon === 'number' && typeof lat === 'number' && Number.isFinite(lon) && Number.isFinite(lat))
    return [lon, lat]
  log.add('not-a-number', path, 'Expected two finite numbers of degrees, longitude first.')
  return undefined
}
