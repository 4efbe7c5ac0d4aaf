import type { ZoneGeometry } from '@cordon/contract'
import type { Population, SimulatedPlace, SimulatedWearer } from './population.ts'
import { forEachOf, type RegisterApi } from './register-api.ts'

/** MQTT credentials by tag id, as the simulator reads them. */
export type Credentials = Record<string, { readonly username: string; readonly password: string }>

interface WithId {
  readonly id: string
}

const AT_ONCE = 16
const RADIUS_M = 200
const BUFFER_M = 100
/** Every so many wearers may not leave the county. */
const RESTRICTED_EVERY = 20
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

const COUNTY_ZONE = { name: 'Northamptonshire', kind: 'restriction', geometry: COUNTY }

/**
 * Registers the simulated wearers, monitored since `from`: each with an order, a tag, and a place that is forbidden; some may
 * not leave the county. Begun again with the same `from` it goes on where it was stopped.
 */
export async function seedDemo(api: RegisterApi, { wearers }: Population, from: string): Promise<Credentials> {
  const places = new Map(wearers.map(({ avoid }) => [avoid.name, avoid]))
  const zones = new Map<string, string>()
  await forEachOf([...places.values()], AT_ONCE, async place => {
    zones.set(place.name, (await api.post<WithId>('/zones', `zone.${place.name}`, exclusionOf(place))).id)
  })
  const county = await api.post<WithId>('/zones', 'zone.county', COUNTY_ZONE)

  const credentials: Credentials = {}
  const numbered = wearers.map((wearer, number) => ({ wearer, isRestricted: number % RESTRICTED_EVERY === 0 }))
  await forEachOf(numbered, AT_ONCE, async ({ wearer, isRestricted }) => {
    const zoneIds = [zones.get(wearer.avoid.name), isRestricted ? county.id : undefined]
    credentials[wearer.tagId] = await enrol(api, wearer, { from, zoneIds: zoneIds.filter(id => id !== undefined) })
  })
  return credentials
}

interface Terms {
  readonly from: string
  readonly zoneIds: readonly string[]
}

async function enrol(api: RegisterApi, wearer: SimulatedWearer, { from, zoneIds }: Terms) {
  const { name, reference, flags, mappaLevel, tagId } = wearer
  const post = <T>(path: string, body: object, which = '') =>
    api.post<T>(path, `${path.slice(1)}.${tagId}${which}`, body)
  const [{ id: wearerId }, { username, password }] = await Promise.all([
    post<WithId>('/wearers', { name, reference, flags, mappaLevel }),
    post<{ username: string; password: string }>('/tags', { id: tagId, model: 'Simulated tag' }),
  ])
  const order = await post<WithId>('/orders', { wearerId, type: 'licence', from })
  await post('/activations', { wearerId, tagId, from })
  for (const zoneId of zoneIds) await post('/conditions', { orderId: order.id, zoneId }, `.${zoneId}`)
  return { username, password }
}

/** Circles and hexagons in turn, so that both are on the map. */
function exclusionOf(place: SimulatedPlace) {
  const isCircle = place.name.length % 2 === 0
  const geometry: ZoneGeometry = isCircle
    ? { type: 'Circle', center: [place.lon, place.lat], radius: RADIUS_M }
    : { type: 'Polygon', coordinates: [hexagon(place)] }
  return { name: place.name, kind: 'exclusion', geometry, buffer: BUFFER_M }
}

function hexagon({ lon, lat }: SimulatedPlace): number[][] {
  const north = RADIUS_M / 111_195
  const east = north / Math.cos((lat * Math.PI) / 180)
  const corners = [0, 1, 2, 3, 4, 5, 0].map(corner => (corner * Math.PI) / 3)
  return corners.map(angle => [lon + east * Math.cos(angle), lat + north * Math.sin(angle)])
}
