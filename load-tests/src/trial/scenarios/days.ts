import type { Point } from '../ground/frame.ts'
import { circle, polygon, rectangle } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, type ScriptedCondition, scenario } from '../scenario.ts'
import { PACE, wayFrom } from '../way/way.ts'

/** Whole days, most of them quiet: error rates are per wearer-day, and most wearer-days are these. From local midnight. */
const MIDNIGHT = Date.UTC(2026, 4, 17, 23)
const theme = 'days'
const KETTERING = [-0.725, 52.398] as const
const WELLINGBOROUGH = [-0.6927, 52.302] as const
const DAVENTRY = [-1.1606, 52.2561] as const

/** Home at 0, 0; the curfew is there from 19:00 to 07:00. Zones of an ordinary order lie 700 m to 4 km off. */
const CENTRE = polygon([
  [1_400, 500],
  [2_100, 380],
  [2_600, 700],
  [2_700, 1_300],
  [2_200, 1_700],
  [1_600, 1_500],
  [1_300, 1_000],
])
const order: readonly ScriptedCondition[] = [
  condition('exclusion', CENTRE, { id: '1', bufferM: 100 }),
  condition('exclusion', circle([-2_600, 1_400], 500), { id: '2', bufferM: 200 }),
  condition('exclusion', rectangle(500, -1_300, 900, -800), { id: '3' }),
  condition('inclusion', circle([0, 0], 80), {
    id: '4',
    hours: {
      timeZone: 'Europe/London',
      weekly: [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '19:00', to: '07:00' }],
    },
    applies: [
      { fromS: -hours(5), toS: hours(7) },
      { fromS: hours(19), toS: hours(31) },
    ],
    graceS: minutes(5),
  }),
]
const WORK: Point = [3_500, -600]
const SHOP: Point = [200, 640]

/** The bus to work keeps 60 m off the town centre, whose south-western corner is at 1.4 km, 0.5 km. */
const toWork = () =>
  wayFrom(0, 0)
    .livesUntil(hours(7) + minutes(20), 'indoor')
    .goes(PACE.walk, 'suburb', [300, 260])
    .stays(minutes(6), 'suburb')
    .goes(PACE.bus, 'vehicle', [1_400, 400], [2_100, 290], [3_400, -500])
    .goes(PACE.walk, 'suburb', WORK)
    .livesUntil(hours(16), 'indoor')
const workDay = toWork()
  .goes(PACE.bus, 'vehicle', [2_100, 290], [1_400, 400], [300, 260])
  .goes(PACE.walk, 'suburb', SHOP)
  .lives(minutes(25), 'deep')
  .goes(PACE.walk, 'suburb', [0, 0])
  .livesUntil(hours(24), 'indoor')
  .done()
const breachDay = toWork()
  .goes(PACE.bus, 'vehicle', [2_100, 290])
  .goes(PACE.walk, 'canyon', [2_000, 900])
  .lives(minutes(20), 'indoor')
  .goes(PACE.walk, 'canyon', [2_100, 290])
  .goes(PACE.bus, 'vehicle', [1_400, 400], [300, 260])
  .goes(PACE.walk, 'suburb', [0, 0])
  .livesUntil(hours(24), 'indoor')
  .done()
const atHome = wayFrom(0, 0)
  .livesUntil(hours(11), 'indoor')
  .goes(PACE.walk, 'suburb', SHOP)
  .lives(minutes(20), 'deep')
  .goes(PACE.walk, 'suburb', [0, 0])
  .livesUntil(hours(24), 'indoor')
  .done()

/** A van on a round of drops, past twenty zones and through two of them. */
const round: readonly Point[] = Array.from({ length: 24 }, (_, drop): Point => {
  const angle = (drop / 24) * 2 * Math.PI
  return [4_000 * Math.cos(angle) + 1_000 * Math.cos(5 * angle), 4_000 * Math.sin(angle) + 1_000 * Math.sin(5 * angle)]
})
const roundZones = Array.from({ length: 20 }, (_, index) => {
  const angle = ((index + 0.5) / 20) * 2 * Math.PI
  return condition('exclusion', circle([5_500 * Math.cos(angle), 5_500 * Math.sin(angle)], 700), {
    id: String(index + 1),
  })
})
const driver = () => {
  const way = wayFrom(...(round[0] ?? [0, 0])).livesUntil(hours(8), 'indoor')
  for (const drop of round.slice(1)) way.goes(PACE.mph30, 'vehicle', drop).stays(minutes(8), 'suburb')
  return way
    .goes(PACE.mph30, 'vehicle', round[0] ?? [0, 0])
    .livesUntil(hours(24), 'indoor')
    .done()
}

const grid = Array.from({ length: 81 }, (_, index) => {
  const centre: Point = [((index % 9) - 4) * 300, (Math.floor(index / 9) - 4) * 300]
  return condition('exclusion', circle(centre, 60), { id: String(index + 1) })
})

const day = (id: string, title: string, given: Pick<Scenario, 'way' | 'conditions'> & Partial<Scenario>) =>
  scenario({ id, title, theme, startsAt: MIDNIGHT, ...given })

export const DAYS: readonly Scenario[] = [
  day('day-at-work', 'home, bus to work past the forbidden centre, shop, home; curfew kept', {
    way: workDay,
    conditions: order,
  }),
  day('day-with-breach', 'the same day with half an hour in the forbidden centre', {
    way: breachDay,
    conditions: order,
  }),
  day('day-at-home', 'at home but for the shop', { way: atHome, conditions: order, anchor: KETTERING }),
  day('day-far-from-zones', 'a working day, the one zone 6 km away', {
    way: workDay,
    conditions: [condition('exclusion', circle([-6_000, 3_000], 1_000), { bufferM: 500 })],
    anchor: WELLINGBOROUGH,
  }),
  day('day-in-tower', 'at home in a concrete tower, the zone 400 m away', {
    way: wayFrom(0, 0)
      .livesUntil(hours(9), 'deep')
      .goes(PACE.walk, 'suburb', SHOP)
      .lives(minutes(30), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(24), 'deep')
      .done(),
    conditions: [condition('exclusion', rectangle(400, -300, 900, 300), { bufferM: 100 })],
    anchor: DAVENTRY,
  }),
  day('day-on-a-round', 'a van driver among twenty zones', { way: driver(), conditions: roundZones }),
  day('many-small-zones', 'three hours on foot among 81 zones of 60 m, and 4 minutes in one of them', {
    startsAt: MIDNIGHT + hours(9) * 1_000,
    way: wayFrom(-1_500, 150)
      .goes(PACE.walk, 'suburb', [-150, 150])
      .goes(PACE.walk, 'suburb', [0, 150], [0, 0])
      .stays(minutes(3), 'suburb')
      .goes(PACE.walk, 'suburb', [0, 150])
      .paces(hours(2), PACE.walk, 'suburb', [1_050, 150], [1_050, -450], [-450, -450], [-450, 150])
      .done(),
    conditions: grid,
  }),
]
