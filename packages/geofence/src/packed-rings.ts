import type { Ring } from './geometry.ts'

/**
 * The rings of a zone as few bytes: most zones of most wearers are never come near, and an edge tree of 64 vertices with what
 * belongs to it takes 2.1 kB where this takes 0.27. From `at` on: the polygons; for each its rings; for each ring its positions; then
 * longitude and latitude of them all.
 *
 * Where whole 10⁻⁷ degrees (a centimetre; GeoJSON is seldom finer) give every number back to the last bit, `data` is bytes, and each
 * number of a position the way from the one before: two bytes up to 90 m, three up to 11 km. Where they do not, it is the
 * numbers themselves.
 */
export interface PackedRings {
  readonly data: Uint8Array | Float64Array
  readonly at: number
}

type Polygons = readonly (readonly Ring[])[]

const PER_DEGREE = 1e7
/** Bytes that zones share one array for: of its own each would cost another 250. It is freed with the last of them. */
const SHARED = 1_048_576
/** A zone that may need more has an array of its own. */
const MOST_SHARED = 65_536
/** Bytes of the longest number: right round the Earth is 3.6 × 10⁹, and its sign is a bit more. */
const LONGEST = 5

let shared = new Uint8Array(0)
let used = 0

export function packRings(polygons: Polygons): PackedRings {
  const header = [polygons.length, ...polygons.flatMap(rings => [rings.length, ...rings.map(ring => ring.length)])]
  const count = header.length + 2 * polygons.flat().reduce((sum, ring) => sum + ring.length, 0)
  if (!polygons.every(rings => rings.every(ring => ring.every(isOnGrid)))) return packNumbers(polygons, header, count)
  const most = count * LONGEST
  if (most > MOST_SHARED) {
    const data = new Uint8Array(most)
    return { data: data.slice(0, writeWays(data, 0, { polygons, header })), at: 0 }
  }
  if (used + most > shared.length) {
    shared = new Uint8Array(SHARED)
    used = 0
  }
  const packed = { data: shared, at: used }
  used = writeWays(shared, used, { polygons, header })
  return packed
}

export function unpackRings(packed: PackedRings): Ring[][] {
  const read = packed.data instanceof Float64Array ? numbersFrom(packed.data) : waysFrom(packed.data, packed.at)
  const listOf = <Item>(item: () => Item): Item[] => Array.from({ length: read.count() }, item)
  const sizes = listOf(() => listOf(read.count))
  return sizes.map(rings => rings.map(size => Array.from({ length: size }, read.position)))
}

const isOnGrid = ([lon, lat]: Ring[number]): boolean =>
  Math.round(lon * PER_DEGREE) / PER_DEGREE === lon && Math.round(lat * PER_DEGREE) / PER_DEGREE === lat

function packNumbers(polygons: Polygons, header: readonly number[], count: number): PackedRings {
  const data = new Float64Array(count)
  data.set(header)
  let at = header.length
  for (const ring of polygons.flat()) {
    for (const [lon, lat] of ring) {
      data[at++] = lon
      data[at++] = lat
    }
  }
  return { data, at: 0 }
}

interface Reader {
  readonly count: () => number
  readonly position: () => [lon: number, lat: number]
}

function numbersFrom(data: Float64Array): Reader {
  let at = 0
  return { count: () => data[at++], position: () => [data[at++], data[at++]] }
}

/** Where it ends. */
function writeWays(
  data: Uint8Array,
  from: number,
  { polygons, header }: { readonly polygons: Polygons; readonly header: readonly number[] },
): number {
  let at = from
  // Seven bits a byte, the lowest first; all but the last have the eighth set. Beyond 32 bits, hence no shifts.
  const write = (count: number) => {
    let rest = count
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) data[at++] = (rest % 0x80) + 0x80
    data[at++] = rest
  }
  for (const count of header) write(count)
  let [x, y] = [0, 0]
  for (const ring of polygons.flat()) {
    for (const [lon, lat] of ring) {
      const [nextX, nextY] = [Math.round(lon * PER_DEGREE), Math.round(lat * PER_DEGREE)]
      write(signLast(nextX - x))
      write(signLast(nextY - y))
      x = nextX
      y = nextY
    }
  }
  return at
}

function waysFrom(data: Uint8Array, from: number): Reader {
  let [at, x, y] = [from, 0, 0]
  const count = () => {
    let sum = 0
    let unit = 1
    for (; data[at] >= 0x80; unit *= 0x80) sum += (data[at++] - 0x80) * unit
    return sum + data[at++] * unit
  }
  return {
    count,
    position: () => {
      x += signFirst(count())
      y += signFirst(count())
      return [x / PER_DEGREE, y / PER_DEGREE]
    },
  }
}

/** The sign as the last bit, so that small numbers are short: 0, −1, 1, −2, 2 are 0, 1, 2, 3, 4. */
const signLast = (way: number): number => (way < 0 ? -2 * way - 1 : 2 * way)
const signFirst = (count: number): number => (count % 2 === 0 ? count / 2 : -(count + 1) / 2)
