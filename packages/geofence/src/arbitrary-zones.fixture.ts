/** Zones and positions for the property tests, and the distance computed another way. Not part of the package. */
import fc from 'fast-check'
import { greatCircleM } from './earth.ts'
import type { LonLat, Ring } from './geometry.ts'

type Outline = LonLat[]

export interface PolygonSample {
  type: 'Polygon'
  coordinates: [number, number][][]
}

export interface MultiPolygonSample {
  type: 'MultiPolygon'
  coordinates: [number, number][][][]
}

/** Anywhere the service runs, with more than its share close to longitude 0. */
export const anyPlace: fc.Arbitrary<LonLat> = fc.tuple(
  fc.oneof(fc.double({ min: -10, max: 2.5, noNaN: true }), fc.double({ min: -0.05, max: 0.05, noNaN: true })),
  fc.double({ min: 49.5, max: 60.5, noNaN: true }),
)

/** From a garden to a county. */
const anySizeM = fc.double({ min: 0.7, max: 4.7, noNaN: true }).map(exponent => 10 ** exponent)

/** A star-shaped ring (never crossing itself) of which no two vertices coincide. */
function outline(shares: readonly number[], [lon, lat]: LonLat, sizeM: number): [number, number][] {
  const cos = Math.cos((lat * Math.PI) / 180)
  const ring = shares.map((share, i): [number, number] => {
    const angle = ((i + 0.8 * share) / shares.length) * 2 * Math.PI
    const radius = (sizeM / 111_195) * (0.5 + 0.5 * share)
    return [lon + (Math.cos(angle) * radius) / cos, lat + Math.sin(angle) * radius]
  })
  return [...ring, [...ring[0]]]
}

const anyShares = (maxVertices: number) =>
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: maxVertices, size: 'max' })

/** A polygon with up to two rings. The hole is less than half the width that the outer ring has at least. */
export function anyPolygon(maxVertices = 40): fc.Arbitrary<PolygonSample> {
  return fc
    .record({ place: anyPlace, sizeM: anySizeM, shell: anyShares(maxVertices), hole: fc.option(anyShares(12)) })
    .map(({ place, sizeM, shell, hole }) => {
      const rings = [outline(shell, place, sizeM)]
      // Five vertices on a star can come as near as a quarter of its size to the middle.
      if (hole !== null) rings.push(outline(hole, place, sizeM / 20))
      return { type: 'Polygon', coordinates: rings }
    })
}

/** Parts of different shape side by side, each with a width's distance from the next. */
export function anyMultiPolygon(): fc.Arbitrary<MultiPolygonSample> {
  return fc
    .record({ place: anyPlace, sizeM: anySizeM, parts: fc.array(anyShares(20), { minLength: 1, maxLength: 6 }) })
    .map(({ place: [lon, lat], sizeM, parts }) => ({
      type: 'MultiPolygon',
      coordinates: parts.map((shares, i) => [outline(shares, [lon + ((i * 3 * sizeM) / 111_195) * 2, lat], sizeM)]),
    }))
}

/** A position by where it stands to a box: from far outside to inside; and, half of the time, close to a vertex or an edge. */
export interface Aim {
  readonly across: number
  readonly up: number
  readonly edge: number
  readonly along: number
  readonly isClose: boolean
}

export const anyAim: fc.Arbitrary<Aim> = fc.record({
  across: fc.double({ min: -1, max: 1, noNaN: true }),
  up: fc.double({ min: -1, max: 1, noNaN: true }),
  edge: fc.nat(),
  along: fc.double({ min: 0, max: 1, noNaN: true }),
  isClose: fc.boolean(),
})

/** The position an aim means for these rings; at most about `reachM` from them. */
export function positionOf(aim: Aim, rings: readonly Ring[], reachM: number): LonLat {
  const ring = rings[aim.edge % rings.length]
  const place = aim.edge % (ring.length - 1)
  const [lonA, latA] = ring[place]
  const [lonB, latB] = ring[place + 1]
  // Cubed, so that all orders of magnitude come up.
  const offset = ((aim.isClose ? 20 : reachM) / 111_195) * 0.7
  return [
    lonA + (lonB - lonA) * aim.along + (offset * aim.across ** 3) / Math.cos((latA * Math.PI) / 180),
    latA + (latB - latA) * aim.along + offset * aim.up ** 3,
  ]
}

/**
 * Metres to the nearest point of the rings, each edge straight in longitude and latitude: the great-circle distance
 * narrowed down along each edge by golden section. Slow, and shares nothing with the way the package goes.
 */
export function distanceBySearchM(rings: readonly Ring[], from: LonLat): number {
  let best = Infinity
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) best = Math.min(best, edgeBySearchM([ring[i - 1], ring[i]] as Outline, from))
  }
  return best
}

function edgeBySearchM([a, b]: Outline, from: LonLat): number {
  const at = (t: number) => greatCircleM(from[0], from[1], a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const [left, right] = [high - (high - low) * golden, low + (high - low) * golden]
    if (at(left) < at(right)) high = right
    else low = left
  }
  return Math.min(at(0), at(1), at((low + high) / 2))
}
