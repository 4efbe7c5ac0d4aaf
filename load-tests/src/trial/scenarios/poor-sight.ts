import { circle, rectangle, type Shape } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { PACE, type WayBuilder, wayFrom } from '../way/way.ts'

/** True entries where positions are bad, few or missing, and passages at speed. The wearer comes from the west. */
const CENTRE = rectangle(0, -300, 500, 300)

function enters(id: string, title: string, shape: Shape, way: WayBuilder): Scenario {
  return scenario({ id, title, theme: 'poor sight', conditions: [condition('exclusion', shape)], way: way.done() })
}

const fromWest = () => wayFrom(-1_200, 0).lives(minutes(10), 'indoor').goes(PACE.walk, 'suburb', [-20, 0])

export const POOR_SIGHT: readonly Scenario[] = [
  enters(
    'canyon-inside',
    'half an hour in the streets of a forbidden town centre',
    CENTRE,
    fromWest()
      .paces(minutes(30), PACE.stroll, 'canyon', [250, 0], [250, 100], [60, 100])
      .goes(PACE.walk, 'suburb', [-1_200, 0]),
  ),
  enters(
    'shopping-centre',
    'two hours in a shopping centre in the zone',
    CENTRE,
    fromWest()
      .goes(PACE.walk, 'canyon', [200, 60])
      .lives(hours(2), 'deep')
      .goes(PACE.walk, 'canyon', [0, 0])
      .goes(PACE.walk, 'suburb', [-1_200, 0]),
  ),
  enters(
    'basement-with-wifi',
    'half an hour in a basement in the zone, wifi alone',
    CENTRE,
    fromWest()
      .goes(PACE.walk, 'wifi-only', [150, 0])
      .stays(minutes(30), 'wifi-only')
      .goes(PACE.walk, 'wifi-only', [-20, 0])
      .goes(PACE.walk, 'suburb', [-1_200, 0]),
  ),
  enters(
    'bad-fixes-inside',
    'half an hour of bad fixes (σ 70 m) in the zone',
    CENTRE,
    fromWest()
      .goes(PACE.walk, 'poor', [250, 0])
      .stays(minutes(30), 'poor')
      .goes(PACE.walk, 'poor', [-20, 0])
      .goes(PACE.walk, 'suburb', [-1_200, 0]),
  ),
  enters(
    'cell-only-inside',
    'two hours in a village that is forbidden (3 km round), cell towers alone',
    circle([4_000, 0], 3_000),
    wayFrom(-1_500, 0)
      .lives(minutes(10), 'indoor')
      .goes(PACE.mph30, 'vehicle', [500, 0])
      .goes(PACE.mph30, 'cell-only', [4_000, 0])
      .stays(hours(2), 'cell-only')
      .goes(PACE.mph30, 'cell-only', [500, 0])
      .goes(PACE.mph30, 'vehicle', [-1_500, 0]),
  ),
  enters(
    'subway',
    'on foot through a subway under a zone 120 m wide: no position at all',
    rectangle(0, -300, 120, 300),
    fromWest().goes(PACE.walk, 'tunnel', [140, 0]).goes(PACE.walk, 'suburb', [1_000, 0]).lives(minutes(10), 'indoor'),
  ),
  enters(
    'car-through-400-m',
    'by car at 30 mph through a zone of 400 m',
    rectangle(0, -200, 400, 200),
    wayFrom(-3_000, 0)
      .lives(minutes(10), 'indoor')
      .goes(PACE.mph30, 'vehicle', [3_000, 0])
      .lives(minutes(20), 'indoor'),
  ),
  enters(
    'car-through-1500-m',
    'by car at 30 mph through a zone of 1.5 km',
    rectangle(0, -500, 1_500, 500),
    wayFrom(-3_000, 0)
      .lives(minutes(10), 'indoor')
      .goes(PACE.mph30, 'vehicle', [4_500, 0])
      .lives(minutes(20), 'indoor'),
  ),
  enters(
    'bus-through',
    'by bus with two stops through a forbidden high street',
    rectangle(0, -150, 900, 150),
    wayFrom(-3_000, 0)
      .goes(PACE.bus, 'vehicle', [300, 0])
      .stays(40, 'vehicle')
      .goes(PACE.bus, 'vehicle', [600, 0])
      .stays(40, 'vehicle')
      .goes(PACE.bus, 'vehicle', [4_000, 0])
      .lives(minutes(20), 'indoor'),
  ),
  enters(
    'motorway-past',
    'on the motorway past a zone, 80 m off',
    rectangle(-500, 80, 500, 600),
    wayFrom(-20_000, 0).goes(PACE.mph60, 'vehicle', [20_000, 0]).lives(minutes(20), 'indoor'),
  ),
  enters(
    'cycles-through',
    'by bicycle through a park of 300 m in a minute',
    rectangle(0, -200, 300, 200),
    wayFrom(-2_500, 0)
      .goes(PACE.cycle, 'suburb', [-20, 0])
      .goes(PACE.cycle, 'open', [320, 0])
      .goes(PACE.cycle, 'suburb', [2_500, 0])
      .lives(minutes(20), 'indoor'),
  ),
]
