import { asId, type Fix } from '@cordon/contract'
import type { WatchRegister } from '../context/watch-context.ts'
import { conditionsFor, type DrawnZone, drawZone, type Metres, type Random } from './bench-zones.fixture.ts'
import { aFix, aRegister, hoursOf, MINUTE, START } from './timeline.fixture.ts'

/** Metres from the middle of the county to its edges. */
const HALF_COUNTY_M = 30_000
/** 18:00 in London: the curfews begin an hour later. */
export const EVENING = START + 8 * 60 * MINUTE
/** One list for everybody, as the register has it. */
const NO_POLICIES: WatchRegister['policies'] = []
const CURFEW = hoursOf('19:00', '07:00')

/** A county's zones for everybody: 190 small ones of 64 vertices, and 10 large ones of 5,000, such as town centres. */
export function drawSharedZones(random: Random): DrawnZone[] {
  return Array.from({ length: 200 }, (_, z) => {
    const middle = somewhere(random)
    if (z % 20 === 0) return drawZone(random, { middle, radiusM: 1_500 + 1_500 * random(), vertices: 5_000 })
    return drawZone(random, { middle, radiusM: 80 + 220 * random(), vertices: 64, bufferM: z % 2 === 0 ? 0 : 50 })
  })
}

/** Home in the nights, work as a zone of interest, and places to keep away from, 2 to 15 km round home. */
function drawOwnZones(random: Random, home: Metres, count: number): DrawnZone[] {
  const places = Array.from({ length: Math.max(0, count - 2) }, () => around(random, home, [2_000, 15_000]))
  const zones = [
    ...places.map(middle => drawZone(random, { middle, radiusM: 120 + 280 * random(), vertices: 64, bufferM: 100 })),
    drawZone(random, { middle: home, radiusM: 150, vertices: 64, kind: 'inclusion' }),
    drawZone(random, { middle: around(random, home, [1_000, 9_000]), radiusM: 100, vertices: 64, kind: 'interest' }),
  ]
  return zones.slice(0, count)
}

export interface Wearer {
  readonly own: readonly DrawnZone[]
  readonly register: WatchRegister
  /** The next fix of the wearer, a minute after the one before. */
  readonly next: () => Fix
}

export function createWearer(random: Random, id: number, shared: readonly DrawnZone[], ownZones: number): Wearer {
  const home = clearOf(random, shared)
  const own = drawOwnZones(random, home, ownZones)
  const zones = [...own, ...shared]
  const conditions = conditionsFor(id, zones, ({ kind }) => (kind === 'inclusion' ? CURFEW : null))
  const activation = { activationId: asId<WatchRegister['activation']['activationId']>(`${id}`), from: START, to: null }
  const places = [home, ...Array.from({ length: 3 }, () => clearOf(random, zones, home))]
  return {
    own,
    register: aRegister(conditions, { activation, policies: NO_POLICIES }),
    next: createWalk(random, places, EVENING),
  }
}

/**
 * A wearer who is mostly at home and now and then walks or is driven to another place, for half an hour or so. A tag's error drifts (Gauss-Markov), more
 * indoors than out, and what it states of its accuracy is about right.
 */
export function createWalk(random: Random, places: readonly Metres[], from: number): () => Fix {
  const home = places[0] ?? [0, 0]
  let here = random() < 0.85 ? home : pick(random, places)
  const heeds = random() < 0.98
  let goal = here
  let speed = 0
  let minute = 0
  let battery = 30 + 70 * random()
  let error: Metres = [0, 0]
  return () => {
    if (speed === 0 && random() < chanceToGo(here === home, heeds && minute > 35)) {
      goal = here === home ? pick(random, places) : home
      speed = distance(here, goal) < 2_500 ? 1.4 : 9 + 6 * random()
    }
    const leftM = distance(here, goal)
    here = leftM <= speed * 60 ? goal : towards(here, goal, (speed * 60) / leftM)
    if (here === goal) speed = 0
    const accuracyM = speed > 2 ? 5 + 8 * random() : 6 + 24 * random()
    const kept = speed > 0 ? 0.05 : 0.7
    error = [drift(random, error[0], kept), drift(random, error[1], kept)]
    battery = Math.max(2, battery - 0.03)
    const [east, north] = [here[0] + error[0] * (accuracyM / 2.45), here[1] + error[1] * (accuracyM / 2.45)]
    const at = from + minute * MINUTE + Math.floor(random() * 2_000) - START
    minute++
    return aFix({
      ...{ at, east, north, accuracyM: Math.round(accuracyM * 10) / 10, seq: minute },
      ...{ speedMps: Math.round(speed * 10) / 10, battery: Math.round(battery) },
    })
  }
}

/** In a minute: out once in an hour, back soon, and nearly everybody is home when the curfews begin. */
function chanceToGo(isHome: boolean, isLate: boolean): number {
  if (isHome) return isLate ? 0 : 1 / 60
  return isLate ? 1 / 4 : 1 / 20
}

const distance = (a: Metres, b: Metres) => Math.hypot(a[0] - b[0], a[1] - b[1])

const towards = (a: Metres, b: Metres, share: number): Metres => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]

const drift = (random: Random, error: number, kept: number) =>
  error * kept + Math.sqrt(1 - kept * kept) * normal(random)

/** Box and Muller (1958). */
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

const pick = (random: Random, places: readonly Metres[]): Metres =>
  places[Math.floor(random() * places.length)] ?? [0, 0]

const somewhere = (random: Random): Metres => [(2 * random() - 1) * HALF_COUNTY_M, (2 * random() - 1) * HALF_COUNTY_M]

function around(random: Random, [east, north]: Metres, [least, most]: readonly [number, number]): Metres {
  const angle = random() * 2 * Math.PI
  const reachM = least + random() * (most - least)
  return [east + Math.cos(angle) * reachM, north + Math.sin(angle) * reachM]
}

/** A place to live or to go to: outside every zone, and not next to a boundary; near another place if one is given. */
function clearOf(random: Random, zones: readonly DrawnZone[], near?: Metres): Metres {
  for (;;) {
    const place = near === undefined ? somewhere(random) : around(random, near, [300, 8_000])
    const isClear = zones.every(
      ({ middle, radiusM, kind }) => kind === 'inclusion' || distance(middle, place) > radiusM * 1.3 + 150,
    )
    if (isClear) return place
  }
}
