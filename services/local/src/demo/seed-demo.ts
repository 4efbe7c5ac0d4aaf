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

/** Registers the simulated wearers: each with an order, a tag, and a place that is forbidden; some may not leave the county. */
export async function seedDemo(api: RegisterApi, { wearers }: Population): Promise<Credentials> {
  const places = new Map(wearers.map(({ avoid }) => [avoid.name, avoid]))
  const zones = new Map<string, string>()
  await forEachOf([...places.values()], AT_ONCE, async place => {
    zones.set(place.name, (await api.post<WithId>('/zones', exclusionOf(place))).id)
  })
  const county = await api.post<WithId>('/zones', { name: 'Northamptonshire', kind: 'restriction', geometry: COUNTY })

  const credentials: Credentials = {}
  const numbered = wearers.map((wearer, number) => ({ wearer, isRestricted: number % RESTRICTED_EVERY === 0 }))
  await forEachOf(numbered, AT_ONCE, async ({ wearer, isRestricted }) => {
    const zoneIds = [zones.get(wearer.avoid.name), isRestricted ? county.id : undefined]
    credentials[wearer.tagId] = await enrol(
      api,
      wearer,
      zoneIds.filter(id => id !== undefined),
    )
  })
  return credentials
}

async function enrol(api: RegisterApi, wearer: SimulatedWearer, zoneIds: readonly string[]) {
  const { name, reference, flags, mappaLevel, tagId } = wearer
  const from = new Date(Date.now() - 86_400_000).toISOString()
  const [{ id: wearerId }, { username, password }] = await Promise.all([
    api.post<WithId>('/wearers', { name, reference, flags, mappaLevel }),
    api.post<{ username: string; password: string }>('/tags', { id: tagId, model: 'Simulated tag' }),
  ])
  const order = await api.post<WithId>('/orders', { wearerId, type: 'licence', from })
  await api.post('/activations', { wearerId, tagId, from })
  for (const zoneId of zoneIds) await api.post('/conditions', { orderId: order.id, zoneId })
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
