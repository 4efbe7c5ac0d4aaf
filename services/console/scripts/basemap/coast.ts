import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Feature, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'

const require = createRequire(import.meta.url)

/** West, south, east, north in degrees. */
type Box = readonly [number, number, number, number]

/** Land outside this box never shows on a county's map. */
const britishIsles: Box = [-12, 48, 4, 62]
/** Wide enough that the sea's outer edge stays off the screen at zoom 3. */
const seaBox: Box = [-40, 30, 30, 75]
/** The sea's outer ring lies this far outside the holes, so that no hole touches it. */
const seaMarginDeg = 0.01

/** The sea as one polygon with the land cut out, from Natural Earth's 1:10m coastline (`world-atlas`). */
export function buildSea(): Feature<Polygon> {
  const [west, south, east, north] = seaBox
  const outer = boxRing([west - seaMarginDeg, south - seaMarginDeg, east + seaMarginDeg, north + seaMarginDeg])
  const holes = readLandRings()
    .filter(ring => ring.some(position => isInside(position, britishIsles)))
    .map(ring => clipRing(ring, seaBox))
    .filter(ring => ring.length > 3)
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [outer, ...holes] } }
}

function readLandRings(): Position[][] {
  const file = require.resolve('world-atlas/land-10m.json')
  const land = feature(JSON.parse(readFileSync(file, 'utf8')), 'land')
  return land.features.flatMap(({ geometry }) => {
    if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1)
    if (geometry.type === 'MultiPolygon') return geometry.coordinates.flatMap(polygon => polygon.slice(0, 1))
    return []
  })
}

function boxRing([west, south, east, north]: Box): Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
}

function isInside([lon = 0, lat = 0]: Position, [west, south, east, north]: Box): boolean {
  return lon > west && lon < east && lat > south && lat < north
}

/** Sutherland–Hodgman: the ring cut to the box, one side after another. Empty when nothing is left. */
function clipRing(ring: Position[], [west, south, east, north]: Box): Position[] {
  const afterWest = clipSide(ring, { axis: 0, limit: west, keep: 1 })
  const afterEast = clipSide(afterWest, { axis: 0, limit: east, keep: -1 })
  const afterSouth = clipSide(afterEast, { axis: 1, limit: south, keep: 1 })
  const clipped = clipSide(afterSouth, { axis: 1, limit: north, keep: -1 })
  const [first] = clipped
  return first ? [...clipped, first] : []
}

type Side = { readonly axis: 0 | 1; readonly limit: number; readonly keep: 1 | -1 }

function clipSide(ring: Position[], side: Side): Position[] {
  return ring.flatMap((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from
    const fromKept = isKept(from, side)
    if (fromKept === isKept(to, side)) return fromKept ? [from] : []
    return fromKept ? [from, crossing(from, to, side)] : [crossing(from, to, side)]
  })
}

function isKept(position: Position, { axis, limit, keep }: Side): boolean {
  return keep * ((position[axis] ?? 0) - limit) >= 0
}

function crossing(from: Position, to: Position, { axis, limit }: Side): Position {
  const [fromLon = 0, fromLat = 0] = from
  const [toLon = 0, toLat = 0] = to
  const share = axis === 0 ? (limit - fromLon) / (toLon - fromLon) : (limit - fromLat) / (toLat - fromLat)
  return [fromLon + share * (toLon - fromLon), fromLat + share * (toLat - fromLat)]
}
