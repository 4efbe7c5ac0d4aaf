import type { ConditionCreate, OrderCreate, PassCreate, PolicyCreate, SuspensionCreate } from '@cordon/contract'
import { COUNTY_ZONE, corridorThrough, exclusionOf, homeZoneOf, hoursOf, INTEREST_ZONES } from './demo-zones.ts'
import type { Population, SimulatedWearer } from './population.ts'
import { forEachOf, type RegisterApi } from './register-api.ts'

/** MQTT credentials by tag id, as the simulator reads them. */
export type Credentials = Record<string, { readonly username: string; readonly password: string }>

interface WithId {
  readonly id: string
}

const AT_ONCE = 16
const HOUR_MS = 3_600_000
/** Every so many wearers may not leave the county, and every so many are on record in a zone of interest. */
const RESTRICTED_EVERY = 20
const OBSERVED_EVERY = 8

/** Nobody has to wait long to see an absence, or the silence of whoever is watched most closely. */
const POLICY: PolicyCreate = {
  note: 'Demonstration: absence is told after 1 minute, silence of critical risk after 3',
  defaults: { absenceGraceMs: 60_000 },
  risks: { critical: { graceMs: 120_000 } },
}

/**
 * Registers the simulated wearers, monitored since `from`: each with an order, a tag, and a place that is forbidden; those with
 * a curfew with their home; some may not leave the county, some are observed. One is permitted to be out at night, one to take
 * the bus through a zone, and the monitoring of one is suspended. Begun again with the same `from` it goes on where it was stopped.
 */
export async function seedDemo(api: RegisterApi, { wearers }: Population, from: string): Promise<Credentials> {
  await api.post('/policies', 'policy', POLICY)
  const shared = await makeSharedZones(api, wearers)
  const special = {
    worksAtNight: wearers.find(({ curfew }) => curfew !== null && curfew.to < curfew.from),
    takesTheBus: wearers.find(({ curfew }) => curfew === null),
    inHospital: wearers.findLast(({ curfew }) => curfew === null),
  }
  const credentials: Credentials = {}
  const numbered = wearers.map((wearer, number) => ({ wearer, number }))
  await forEachOf(numbered, AT_ONCE, async ({ wearer, number }) => {
    const zoneIds = zonesOf(wearer, number, shared)
    credentials[wearer.tagId] = await enrol(api, wearer, { from, zoneIds, special })
  })
  return credentials
}

interface SharedZones {
  readonly forbidden: ReadonlyMap<string, string>
  readonly county: string
  readonly interest: readonly string[]
}

async function makeSharedZones(api: RegisterApi, wearers: readonly SimulatedWearer[]): Promise<SharedZones> {
  const forbidden = new Map<string, string>()
  const places = new Map(wearers.map(({ avoid }) => [avoid.name, avoid]))
  await forEachOf([...places.values()], AT_ONCE, async place => {
    forbidden.set(place.name, (await api.post<WithId>('/zones', `zone.${place.name}`, exclusionOf(place))).id)
  })
  const county = await api.post<WithId>('/zones', 'zone.county', COUNTY_ZONE)
  const interest = await Promise.all(
    INTEREST_ZONES.map(zone => api.post<WithId>('/zones', `zone.interest.${zone.name}`, zone)),
  )
  return { forbidden, county: county.id, interest: interest.map(({ id }) => id) }
}

/** The place that is forbidden comes first. */
function zonesOf({ avoid }: SimulatedWearer, number: number, { forbidden, county, interest }: SharedZones): string[] {
  const zoneIds = [
    forbidden.get(avoid.name),
    number % RESTRICTED_EVERY === 0 ? county : undefined,
    number % OBSERVED_EVERY === 0 ? interest[(number / OBSERVED_EVERY) % interest.length] : undefined,
  ]
  return zoneIds.filter(id => id !== undefined)
}

type Post = <T>(path: string, body: object, which?: string) => Promise<T>

interface Terms {
  readonly from: string
  readonly zoneIds: readonly string[]
  readonly special: Readonly<Record<'worksAtNight' | 'takesTheBus' | 'inHospital', SimulatedWearer | undefined>>
}

async function enrol(api: RegisterApi, wearer: SimulatedWearer, { from, zoneIds, special }: Terms) {
  const { name, reference, flags, mappaLevel, tagId, risk } = wearer
  const post: Post = (path, body, which = '') => api.post(path, `${path.slice(1)}.${tagId}${which}`, body)
  const [{ id: wearerId }, { username, password }] = await Promise.all([
    post<WithId>('/wearers', { name, reference, flags, mappaLevel }),
    post<{ username: string; password: string }>('/tags', { id: tagId, model: 'Simulated tag' }),
  ])
  const order = await post<WithId>('/orders', { wearerId, type: 'licence', from, risk } satisfies OrderCreate)
  await post('/activations', { wearerId, tagId, from })
  const conditionIds: string[] = []
  for (const zoneId of zoneIds) {
    const condition: ConditionCreate = { orderId: order.id, zoneId }
    conditionIds.push((await post<WithId>('/conditions', condition, `.${zoneId}`)).id)
  }
  const curfewId = await putUnderCurfew(post, wearer, order.id)
  const soon = { from: after(from, 23), to: after(from, 24 * 7) }
  if (wearer === special.worksAtNight && curfewId !== undefined) await permitNightWork(post, curfewId, soon)
  const [forbiddenId] = conditionIds
  if (wearer === special.takesTheBus && forbiddenId !== undefined)
    await permitTheBus(post, { wearer, forbiddenId }, soon)
  if (wearer === special.inHospital) await suspend(post, wearerId, soon)
  return { username, password }
}

interface Time {
  readonly from: string
  readonly to: string
}

const after = (from: string, hours: number) => new Date(Date.parse(from) + hours * HOUR_MS).toISOString()

/** At home in the hours of the curfew; the id of the condition, for those who have one. */
async function putUnderCurfew(post: Post, wearer: SimulatedWearer, orderId: string): Promise<string | undefined> {
  if (wearer.curfew === null) return undefined
  const zone = await post<WithId>('/zones', homeZoneOf(wearer), '.home')
  const condition: ConditionCreate = { orderId, zoneId: zone.id, hours: hoursOf(wearer.curfew) }
  return (await post<WithId>('/conditions', condition, '.home')).id
}

function permitNightWork(post: Post, conditionId: string, time: Time): Promise<unknown> {
  return post('/passes', { conditionId, ...time, reason: 'Night shifts at the hospital laundry' } satisfies PassCreate)
}

interface BusPass {
  readonly wearer: SimulatedWearer
  readonly forbiddenId: string
}

function permitTheBus(post: Post, { wearer, forbiddenId }: BusPass, time: Time): Promise<unknown> {
  const corridor = corridorThrough(wearer.avoid)
  const pass: PassCreate = { conditionId: forbiddenId, ...time, reason: 'The bus to work', corridor }
  return post('/passes', pass)
}

function suspend(post: Post, wearerId: string, time: Time): Promise<unknown> {
  return post('/suspensions', { wearerId, ...time, reason: 'In hospital, the tag is off' } satisfies SuspensionCreate)
}
