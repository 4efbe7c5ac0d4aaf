import type { Hours, ZoneCreate, ZoneGeometry } from '@cordon/contract'
import type { SimulatedPlace, SimulatedWearer } from './population.ts'

/** What is drawn round the places of the demonstration. */

const RADIUS_M = 200
const BUFFER_M = 100
/** Metres: the receiver of somebody indoors is off by up to 60. */
const HOME_RADIUS_M = 150
/** Metres: half the width of a permitted way through a zone. */
const CORRIDOR_HALF_M = 60
const DEGREE_M = 111_195

const COUNTY: ZoneGeometry = {
  type: 'Polygon',
  coordinates: [
    [
      [-1.45, 51.93],
      [-0.2, 51.93],
      [-0.2, 52.7],
      [-1.45, 52.7],
      [-1.45, 51.93],
    ],
  ],
}

/** Some may not leave it. */
export const COUNTY_ZONE: ZoneCreate = { name: 'Northamptonshire', kind: 'restriction', geometry: COUNTY }

const interest = (name: string, lon: number, lat: number): ZoneCreate => ({
  ...{ name, kind: 'interest', geometry: { type: 'Circle', center: [lon, lat], radius: 500 } },
})

/** Nobody is forbidden to be there; when somebody is, it is on record. */
export const INTEREST_ZONES: readonly ZoneCreate[] = [
  interest('Brackmills retail park', -0.862, 52.221),
  interest('Kettering station', -0.7315, 52.3935),
  interest('Corby retail park', -0.7105, 52.4785),
]

/** Circles and hexagons in turn, so that both are on the map. */
export function exclusionOf(place: SimulatedPlace): ZoneCreate {
  const isCircle = place.name.length % 2 === 0
  const geometry: ZoneGeometry = isCircle
    ? { type: 'Circle', center: [place.lon, place.lat], radius: RADIUS_M }
    : { type: 'Polygon', coordinates: [hexagon(place)] }
  return { name: place.name, kind: 'exclusion', geometry, buffer: BUFFER_M }
}

export function homeZoneOf({ home }: SimulatedWearer): ZoneCreate {
  const geometry: ZoneGeometry = { type: 'Circle', center: [home.lon, home.lat], radius: HOME_RADIUS_M }
  return { name: home.name, kind: 'inclusion', geometry }
}

/** At home every day in the hours of the curfew. */
export function hoursOf({ from, to }: NonNullable<SimulatedWearer['curfew']>): Hours {
  return {
    timeZone: 'Europe/London',
    weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from, to }],
  }
}

/** From west to east past the middle of a zone, as a bus goes. */
export function corridorThrough({ lon, lat }: SimulatedPlace): ZoneGeometry {
  const east = (2 * RADIUS_M) / metresEast(lat)
  const [south, north] = [lat + (RADIUS_M - CORRIDOR_HALF_M) / DEGREE_M, lat + (RADIUS_M + CORRIDOR_HALF_M) / DEGREE_M]
  const [west, far] = [lon - east, lon + east]
  const ring = [
    [west, south],
    [far, south],
    [far, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Polygon', coordinates: [ring] }
}

const metresEast = (lat: number) => DEGREE_M * Math.cos((lat * Math.PI) / 180)

function hexagon({ lon, lat }: SimulatedPlace): number[][] {
  const [east, north] = [RADIUS_M / metresEast(lat), RADIUS_M / DEGREE_M]
  const corners = [0, 1, 2, 3, 4, 5, 0].map(corner => (corner * Math.PI) / 3)
  return corners.map(angle => [lon + east * Math.cos(angle), lat + north * Math.sin(angle)])
}
