import type { PolygonGeometry } from '@cordon/contract'

/** Degrees, WGS 84. */
export interface Place {
  readonly lon: number
  readonly lat: number
}

const METRES_PER_DEGREE = 111_320
/** The middle of England, in which everybody has a home of their own. */
export const AREA = { west: -2, south: 51.6, width: 2, height: 1.4 }
const HOME_RADIUS_M = 40
const ENTRY_ZONE_M = { distance: 400, radius: 150 }

export function homeOf(index: number, people: number): Place {
  const columns = Math.ceil(Math.sqrt(people))
  const step = 1 / columns
  return {
    lon: AREA.west + AREA.width * step * (index % columns),
    lat: AREA.south + AREA.height * step * Math.floor(index / columns),
  }
}

/** A little walk round the home, far from every zone. `turn` is how often round. */
export const walkPlace = (home: Place, turn: number): Place =>
  moved(home, HOME_RADIUS_M * Math.cos(turn * 2 * Math.PI), HOME_RADIUS_M * Math.sin(turn * 2 * Math.PI))

/** The middle of a wearer's first zone: 250 m of nothing lie between the walk and its boundary. */
export const entryPlace = (home: Place): Place => moved(home, ENTRY_ZONE_M.distance, 0)

/** The zones of one wearer: the first is the one that is entered, the others lie spread around, 0.9 to some kilometres away. */
export function zonesOf(home: Place, count: number, vertices: number): readonly PolygonGeometry[] {
  return Array.from({ length: count }, (_, index) => {
    if (index === 0) return polygon(entryPlace(home), ENTRY_ZONE_M.radius, vertices)
    const angle = (index * 2 * Math.PI) / Math.max(1, count - 1)
    const distance = 900 + 150 * index
    const centre = moved(home, distance * Math.cos(angle), distance * Math.sin(angle))
    return polygon(centre, 100 + 20 * (index % 5), vertices)
  })
}

/** Round, with waves of an eighth of the radius, so that it is neither a circle nor convex. */
function polygon(centre: Place, radiusM: number, vertices: number): PolygonGeometry {
  const ring = Array.from({ length: vertices }, (_, index) => {
    const angle = (index * 2 * Math.PI) / vertices
    const reach = radiusM * (1 + Math.sin(5 * angle) / 8)
    const { lon, lat } = moved(centre, reach * Math.cos(angle), reach * Math.sin(angle))
    return [rounded(lon), rounded(lat)]
  })
  return { type: 'Polygon', coordinates: [[...ring, ring[0] ?? []]] }
}

function moved({ lon, lat }: Place, eastM: number, northM: number): Place {
  const perDegreeOfLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return { lon: lon + eastM / perDegreeOfLon, lat: lat + northM / METRES_PER_DEGREE }
}

/** Seven decimals are a centimetre. */
const rounded = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
