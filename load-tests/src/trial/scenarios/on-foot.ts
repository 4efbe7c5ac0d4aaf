import type { Point } from '../ground/frame.ts'
import { box, circle, polygon, polygons, rectangle, type Shape } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { PACE, type WayBuilder, wayFrom } from '../way/way.ts'

/** On foot into zones of every shape. The wearer lives 1.2 km west of the zone's western fence. */
const HOME: Point = [-1_400, 0]
const PARK = rectangle(-200, -200, 200, 200)

const leavesHome = () => wayFrom(...HOME).lives(minutes(10), 'indoor')
const goesHome = (way: WayBuilder) => way.goes(PACE.walk, 'suburb', HOME).lives(minutes(20), 'indoor').done()

function walk(id: string, title: string, shape: Shape, way: (builder: WayBuilder) => WayBuilder): Scenario {
  const conditions = [condition('exclusion', shape)]
  return scenario({ id, title, theme: 'on foot', conditions, way: goesHome(way(leavesHome())) })
}

const L_SHAPE = polygon([
  [-200, -200],
  [200, -200],
  [200, 0],
  [0, 0],
  [0, 200],
  [-200, 200],
])

export const ON_FOOT: readonly Scenario[] = [
  walk('walk-straight-in', 'walks straight into a park, stays 10 minutes', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-200, 0]).goes(PACE.walk, 'open', [0, 0]).stays(minutes(10), 'open'),
  ),
  walk('stays-an-hour', 'an hour in a house in the zone', PARK, way =>
    way.goes(PACE.walk, 'suburb', [50, 30]).lives(hours(1), 'indoor'),
  ),
  walk('stays-eight-hours', 'a night in a house in the zone', PARK, way =>
    way.goes(PACE.walk, 'suburb', [80, -60]).lives(hours(8), 'indoor'),
  ),
  walk('creeps-in', 'goes 20 m past the fence and stands there for 10 minutes', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-200, 40]).goes(PACE.stroll, 'open', [-180, 40]).stays(minutes(10), 'open'),
  ),
  walk('corner-entry', 'cuts across the corner of the zone, 30 m deep', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-215, 130], [-130, 215]),
  ),
  walk('entry-through-corner', 'comes in through the very corner and stays 5 minutes', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-350, -350]).goes(PACE.walk, 'open', [-100, -100]).stays(minutes(5), 'open'),
  ),
  walk('l-shape-cut', 'cuts the inner corner of an L-shaped zone', L_SHAPE, way =>
    way.goes(
      PACE.walk,
      'suburb',
      [-300, 300],
      [40, 300],
      [40, 80],
      [-60, 20],
      [-60, -40],
      [80, 40],
      [80, 300],
      [-300, 300],
    ),
  ),
  walk('l-shape-notch', 'spends 20 minutes in the notch of an L-shaped zone, 60 m from either arm', L_SHAPE, way =>
    way
      .goes(PACE.walk, 'suburb', [-300, 300], [60, 300], [60, 60])
      .stays(minutes(20), 'open')
      .goes(PACE.walk, 'suburb', [60, 300], [-300, 300]),
  ),
  walk(
    'hole',
    'crosses the zone to the island that is left out of it, and back after an hour',
    polygon(box(-400, -400, 400, 400), box(-100, -100, 100, 100)),
    way => way.goes(PACE.walk, 'suburb', [0, 0]).lives(hours(1), 'indoor'),
  ),
  walk(
    'second-part',
    'enters the second part of a zone of two',
    polygons(box(-200, 300, 200, 600), box(-200, -600, 200, -300)),
    way => way.goes(PACE.walk, 'suburb', [0, 0], [0, -420]).stays(minutes(8), 'open').goes(PACE.walk, 'open', [0, 0]),
  ),
  walk('circle-zone', 'crosses a circle of 250 m off its middle', circle([0, 0], 250), way =>
    way.goes(PACE.walk, 'suburb', [-300, 120], [300, 120], [300, -400]),
  ),
  ...([60, 90, 120] as const).map(seconds =>
    walk(`run-in-${seconds}-s`, `runs in and out again within ${seconds} s`, PARK, way =>
      way.goes(PACE.walk, 'suburb', [-260, 0]).goes(PACE.run, 'open', [-200 + (seconds / 2) * PACE.run, 0], [-260, 0]),
    ),
  ),
  walk('returns-soon', 'three entries of 3 minutes, 4 minutes apart', PARK, way => entries(way, minutes(4))),
  walk('returns-later', 'three entries of 3 minutes, 25 minutes apart', PARK, way => entries(way, minutes(25))),
  walk('on-the-line-outside', 'an hour on a bench 1 m outside the fence', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-201, 0]).stays(hours(1), 'open'),
  ),
  walk('on-the-line-inside', 'an hour on a bench 1 m inside the fence', PARK, way =>
    way.goes(PACE.walk, 'suburb', [-199, 0]).stays(hours(1), 'open'),
  ),
]

function entries(way: WayBuilder, apartS: number): WayBuilder {
  const outside = Math.max(0, apartS - 2 * (60 / PACE.walk))
  for (let entry = 0; entry < 3; entry++) {
    way
      .goes(PACE.walk, 'suburb', [-260, 20 * entry])
      .stays(outside, 'suburb')
      .goes(PACE.walk, 'open', [-116, 20 * entry])
      .stays(60, 'open')
      .goes(PACE.walk, 'open', [-260, 20 * entry])
  }
  return way
}
