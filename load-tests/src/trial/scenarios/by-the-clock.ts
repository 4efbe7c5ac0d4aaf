import type { Hours } from '@cordon/contract'
import { circle, rectangle } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, type ScriptedCondition, type Span, scenario } from '../scenario.ts'
import { PACE, wayFrom } from '../way/way.ts'

/** Hours, passes, priorities and clock changes. Scenarios begin at local midnight where not said otherwise; home is at 0, 0. */
const MIDNIGHT = Date.UTC(2026, 4, 17, 23)
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const HOME = circle([0, 0], 80)
/** Stated in the scenario, not taken from a policy: five minutes after the beginning of a curfew an absence has to be known. */
const GRACE_S = minutes(5)

const every = (from: string, to: string): Hours => ({
  timeZone: 'Europe/London',
  weekly: [{ days: [...DAYS], from, to }],
})
const fromTo = (fromH: number, toH: number): Span => ({ fromS: hours(fromH), toS: hours(toH) })

function curfew(from: string, to: string, applies: readonly Span[]): ScriptedCondition {
  return condition('inclusion', HOME, { hours: every(from, to), applies, graceS: GRACE_S })
}

const EVENING = curfew('19:00', '23:30', [fromTo(19, 23.5)])
const theme = 'by the clock'
const fromNoon = { theme, startsAt: MIDNIGHT + hours(16) * 1_000 }
/** The same curfew in a scenario that begins at 16:00. */
const fromFour = [{ ...EVENING, applies: [fromTo(3, 7.5)] }]

function comesHomeAt(id: string, title: string, lateS: number): Scenario {
  const walkS = 2_000 / PACE.walk
  // the home zone reaches 80 m from its middle: late is counted at its edge
  const leavesAtS = hours(3) + lateS - (2_000 - 80) / PACE.walk
  const way = wayFrom(2_000, 0).lives(leavesAtS, 'indoor').goes(PACE.walk, 'suburb', [0, 0])
  return scenario({
    id,
    title,
    ...fromNoon,
    conditions: fromFour,
    way: way.livesUntil(hours(3) + lateS + walkS + hours(4), 'indoor').done(),
  })
}

/** Out by bicycle at that time, 1.5 km there, so long, and back home. */
function goesOut(atS: number, awayS: number, untilS: number) {
  return wayFrom(0, 0)
    .livesUntil(atS, 'indoor')
    .goes(PACE.cycle, 'suburb', [1_500, 0])
    .lives(awayS, 'indoor')
    .goes(PACE.cycle, 'suburb', [0, 0])
    .livesUntil(untilS, 'indoor')
    .done()
}

/** Saturday 28 March 2026 at 20:00 GMT; the clocks go forward at 01:00 UTC. */
const SPRING = Date.UTC(2026, 2, 28, 20)
/** Saturday 24 October 2026 at 20:00 BST; the clocks go back at 01:00 UTC. */
const AUTUMN = Date.UTC(2026, 9, 24, 19)
/** 22:00 to 06:00 by the clock on the wall: seven hours in spring, nine in autumn. */
const springNight = [curfew('22:00', '06:00', [fromTo(2, 9)])]
const autumnNight = [curfew('22:00', '06:00', [fromTo(2, 11)])]

export const CURFEWS: readonly Scenario[] = [
  comesHomeAt('late-by-3-minutes', 'home 3 minutes after the curfew began: within its grace', minutes(3)),
  comesHomeAt('late-by-15-minutes', 'home 15 minutes after the curfew began', minutes(15)),
  scenario({
    id: 'curfew-begun-while-away',
    title: 'the curfew begins with the wearer 2 km away, who stays there for two hours',
    ...fromNoon,
    conditions: fromFour,
    way: wayFrom(2_000, 0)
      .livesUntil(hours(5), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(8), 'indoor')
      .done(),
  }),
  scenario({
    id: 'curfew-begun-while-silent',
    title: 'the same with a tag that gets no position from an hour before',
    ...fromNoon,
    conditions: fromFour,
    way: wayFrom(2_000, 0)
      .livesUntil(hours(2), 'indoor')
      .livesUntil(hours(4.5), 'tunnel')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(8), 'indoor')
      .done(),
  }),
  scenario({
    id: 'absent-20-minutes',
    title: '20 minutes out of the house in the middle of the curfew',
    ...fromNoon,
    conditions: fromFour,
    way: wayFrom(0, 0)
      .livesUntil(hours(5), 'indoor')
      .goes(PACE.walk, 'suburb', [600, 0])
      .stays(minutes(6), 'suburb')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(8), 'indoor')
      .done(),
  }),
  scenario({
    id: 'spring-night-kept',
    title: 'clocks go forward: leaves 5 minutes after the curfew has ended',
    theme,
    startsAt: SPRING,
    conditions: springNight,
    way: goesOut(hours(9) + minutes(5), minutes(30), hours(11)),
  }),
  scenario({
    id: 'spring-night-broken',
    title: 'clocks go forward: leaves 40 minutes before the curfew ends',
    theme,
    startsAt: SPRING,
    conditions: springNight,
    way: goesOut(hours(9) - minutes(40), hours(1), hours(11)),
  }),
  scenario({
    id: 'autumn-night-broken',
    title: 'clocks go back: leaves 40 minutes before the curfew ends, which yesterday was 20 minutes after it',
    theme,
    startsAt: AUTUMN,
    conditions: autumnNight,
    way: goesOut(hours(11) - minutes(40), hours(1), hours(13)),
  }),
  scenario({
    id: 'autumn-night-kept',
    title: 'clocks go back: a night at home',
    theme,
    startsAt: AUTUMN,
    conditions: autumnNight,
    way: goesOut(hours(11) + minutes(5), minutes(30), hours(13)),
  }),
]

const SCHOOL = rectangle(600, -200, 1_000, 200)
const schoolHours = { hours: every('08:00', '17:00'), applies: [fromTo(8, 17)] }

export const HOURS_AND_PASSES: readonly Scenario[] = [
  scenario({
    id: 'hours-begin-inside',
    title: 'is in the zone before its hours begin and stays 40 minutes into them',
    theme,
    startsAt: MIDNIGHT,
    conditions: [condition('exclusion', SCHOOL, schoolHours)],
    way: wayFrom(0, 0)
      .livesUntil(hours(7), 'indoor')
      .goes(PACE.walk, 'suburb', [800, 0])
      .livesUntil(hours(8) + minutes(40), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(10), 'indoor')
      .done(),
  }),
  scenario({
    id: 'outside-hours',
    title: 'two hours in the zone in the evening, when it does not hold',
    ...fromNoon,
    conditions: [condition('exclusion', SCHOOL, { ...schoolHours, applies: [fromTo(-8, 1)] })],
    way: wayFrom(0, 0)
      .livesUntil(hours(2), 'indoor')
      .goes(PACE.walk, 'suburb', [800, 0])
      .lives(hours(2), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(6), 'indoor')
      .done(),
  }),
  scenario({
    id: 'pass',
    title: 'at a funeral in the zone on a pass, and 30 minutes longer than it lasts',
    theme,
    conditions: [condition('exclusion', SCHOOL, { passes: [{ fromS: hours(1), toS: hours(2), corridor: null }] })],
    way: wayFrom(0, 0)
      .livesUntil(hours(1) + minutes(5), 'indoor')
      .goes(PACE.walk, 'suburb', [800, 0])
      .livesUntil(hours(2.5), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(4), 'indoor')
      .done(),
  }),
  scenario({
    id: 'corridor-kept',
    title: 'through the zone along the corridor of a pass, 60 m wide',
    theme,
    conditions: [
      condition('exclusion', SCHOOL, {
        passes: [{ fromS: 0, toS: hours(3), corridor: rectangle(500, -30, 1_100, 30) }],
      }),
    ],
    way: wayFrom(0, 0)
      .lives(hours(1), 'indoor')
      .goes(PACE.walk, 'suburb', [1_600, 0])
      .lives(minutes(30), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .lives(minutes(30), 'indoor')
      .done(),
  }),
  scenario({
    id: 'corridor-left',
    title: 'leaves the corridor of a pass for 8 minutes, 130 m into the zone',
    theme,
    conditions: [
      condition('exclusion', SCHOOL, {
        passes: [{ fromS: 0, toS: hours(3), corridor: rectangle(500, -30, 1_100, 30) }],
      }),
    ],
    way: wayFrom(0, 0)
      .lives(hours(1), 'indoor')
      .goes(PACE.walk, 'suburb', [800, 0], [800, 130])
      .stays(minutes(6), 'open')
      .goes(PACE.walk, 'suburb', [800, 0], [1_600, 0])
      .lives(minutes(30), 'indoor')
      .done(),
  }),
  scenario({
    id: 'hostel-in-ban-area',
    title: 'a night in a hostel that lies in a forbidden town centre: being there has priority',
    theme,
    startsAt: MIDNIGHT + hours(18) * 1_000,
    conditions: [
      condition('exclusion', rectangle(-400, -400, 400, 400), {
        passes: [
          { fromS: 0, toS: hours(1), corridor: rectangle(-500, -40, 60, 40) },
          { fromS: hours(13), toS: hours(13.5), corridor: rectangle(-500, -40, 60, 40) },
        ],
        lifts: [{ ...fromTo(1, 13), corridor: circle([0, 0], 100) }],
      }),
      condition('inclusion', circle([0, 0], 100), {
        id: '2',
        priority: 10,
        hours: every('19:00', '07:00'),
        applies: [fromTo(1, 13)],
        graceS: GRACE_S,
      }),
    ],
    way: wayFrom(-1_500, 0)
      .lives(minutes(15), 'indoor')
      .goes(PACE.walk, 'suburb', [0, 0])
      .livesUntil(hours(13) + minutes(2), 'indoor')
      .goes(PACE.walk, 'suburb', [-1_500, 0])
      .lives(hours(1), 'indoor')
      .done(),
  }),
]
