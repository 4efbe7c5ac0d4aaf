import type { Ring } from './geometry.ts'

/**
 * The rings of a zone as few bytes: most zones of most wearers are never come near, and an edge tree of 64 vertices with what
 * belongs to it takes 2.1 kB where this takes 0.5. Numbers of `data` from `at` on: polygons; for each its rings; for each ring its positions;
 * then longitude and latitude of them all. Whole 10⁻⁷ degrees (a centimetre; GeoJSON is seldom finer) where that gives every
 * number back to the last bit, and the numbers themselves where it does not.
 */
export interface PackedRings {
  readonly data: Int32Array | Float64Array
  readonly at: number
}

const PER_DEGREE = 1e7
/** Numbers that zones share one array for (1 MiB): of its own each would cost another 250 bytes. It is freed with the last of them. */
const SHARED = 262_144
/** A zone of more numbers has an array of its own. */
const MOST_SHARED = 16_384

let shared = new Int32Array(0)
let used = 0

export function packRings(polygons: readonly (readonly Ring[])[]): PackedRings {
  const header = [polygons.length, ...polygons.flatMap(rings => [rings.length, ...rings.map(ring => ring.length)])]
  const count = header.length + 2 * polygons.reduce((sum, rings) => sum + lengthOf(rings), 0)
  const isWhole = polygons.every(rings => rings.every(ring => ring.every(isOnGrid)))
  const packed = isWhole ? placeFor(count) : { data: new Float64Array(count), at: 0 }
  const { data } = packed
  data.set(header, packed.at)
  let at = packed.at + header.length
  for (const ring of polygons.flat()) {
    for (const [lon, lat] of ring) {
      data[at++] = isWhole ? Math.round(lon * PER_DEGREE) : lon
      data[at++] = isWhole ? Math.round(lat * PER_DEGREE) : lat
    }
  }
  return packed
}

export function unpackRings({ data, at }: PackedRings): Ring[][] {
  const scale = data instanceof Int32Array ? PER_DEGREE : 1
  let next = at
  const sizes = Array.from({ length: data[next++] }, () => Array.from({ length: data[next++] }, () => data[next++]))
  return sizes.map(rings =>
    rings.map(size => Array.from({ length: size }, () => [data[next++] / scale, data[next++] / scale])),
  )
}

const lengthOf = (rings: readonly Ring[]): number => rings.reduce((sum, ring) => sum + ring.length, 0)

const isOnGrid = ([lon, lat]: Ring[number]): boolean =>
  Math.round(lon * PER_DEGREE) / PER_DEGREE === lon && Math.round(lat * PER_DEGREE) / PER_DEGREE === lat

function placeFor(count: number): { data: Int32Array; at: number } {
  if (count > MOST_SHARED) return { data: new Int32Array(count), at: 0 }
  if (used + count > shared.length) {
    shared = new Int32Array(SHARED)
    used = 0
  }
  const at = used
  used += count
  return { data: shared, at }
}
