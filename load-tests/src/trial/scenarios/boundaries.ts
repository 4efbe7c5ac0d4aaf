import { polygon, rectangle } from '../ground/shape.ts'
import { condition, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { PACE, wayFrom } from '../way/way.ts'

/** Buffers, and zones to stay in. */
const theme = 'buffers and stays'
const buffered = [condition('exclusion', rectangle(0, -300, 400, 300), { bufferM: 200 })]
const TOWN = polygon([
  [-2_500, -1_800],
  [-400, -2_600],
  [2_200, -1_900],
  [2_800, 300],
  [1_900, 2_300],
  [-900, 2_700],
  [-2_700, 900],
])
const town = [condition('restriction', TOWN)]

export const BOUNDARIES: readonly Scenario[] = [
  scenario({
    id: 'buffer-only',
    title: 'half an hour in the buffer, 100 m from the zone',
    theme,
    conditions: buffered,
    way: wayFrom(-1_200, 0)
      .goes(PACE.walk, 'suburb', [-100, 0])
      .stays(minutes(30), 'suburb')
      .goes(PACE.walk, 'suburb', [-1_200, 0])
      .lives(minutes(20), 'indoor')
      .done(),
  }),
  scenario({
    id: 'buffer-then-breach',
    title: 'ten minutes in the buffer, then 15 in the zone: one incident',
    theme,
    conditions: buffered,
    way: wayFrom(-1_200, 0)
      .goes(PACE.walk, 'suburb', [-80, 0])
      .stays(minutes(10), 'suburb')
      .goes(PACE.walk, 'open', [150, 0])
      .stays(minutes(12), 'open')
      .goes(PACE.walk, 'suburb', [-1_200, 0])
      .lives(minutes(20), 'indoor')
      .done(),
  }),
  scenario({
    id: 'leaves-town',
    title: 'must stay in town, takes a bus out of it for half an hour',
    theme,
    conditions: town,
    way: wayFrom(0, 0)
      .lives(hours(1), 'indoor')
      .goes(PACE.bus, 'vehicle', [4_500, 0])
      .lives(minutes(25), 'indoor')
      .goes(PACE.bus, 'vehicle', [0, 0])
      .lives(minutes(40), 'indoor')
      .done(),
  }),
  scenario({
    id: 'stays-in-town',
    title: 'must stay in town, spends 12 h in a house 50 m from its edge',
    theme,
    conditions: town,
    way: wayFrom(2_360, -1_100).lives(hours(12), 'indoor').done(),
  }),
  scenario({
    id: 'steps-out-of-town',
    title: 'goes 200 m over the edge of the town on foot for 8 minutes',
    theme,
    conditions: town,
    way: wayFrom(1_500, 300)
      .lives(minutes(20), 'indoor')
      .goes(PACE.walk, 'suburb', [2_990, 250])
      .stays(minutes(4), 'open')
      .goes(PACE.walk, 'suburb', [1_500, 300])
      .lives(minutes(20), 'indoor')
      .done(),
  }),
]
