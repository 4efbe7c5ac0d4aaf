import { circle, rectangle } from '../ground/shape.ts'
import { condition, type Delivery, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { PACE, wayFrom } from '../way/way.ts'

/** Deliveries out of order, clocks that are wrong, tags that are tampered with. Home is 1 km west of the zone. */
const theme = 'faults'
const ZONE = rectangle(0, -300, 400, 300)
const conditions = [condition('exclusion', ZONE)]

/** In the zone for about 35 minutes, from 1 h 12 min on. */
const visit = () =>
  wayFrom(-1_000, 0)
    .lives(hours(1), 'indoor')
    .goes(PACE.walk, 'suburb', [200, 0])
    .stays(minutes(30), 'open')
    .goes(PACE.walk, 'suburb', [-1_000, 0])
const visitWay = visit().lives(hours(2), 'indoor').done()
const stayHome = wayFrom(-1_000, 0).lives(hours(4), 'indoor').done()

const late = (order: 'oldest-first' | 'newest-first' | 'mixed', fromH: number, toH: number): Delivery => ({
  order,
  gaps: [{ fromS: hours(fromH), toS: hours(toH) }],
})
const delivered = (id: string, title: string, delivery: Delivery): Scenario =>
  scenario({ id, title, theme, conditions, way: visitWay, delivery })

export const DELIVERIES: readonly Scenario[] = [
  delivered(
    'backlog-newest-first',
    'a visit to the zone within a gap of 2 h, sent afterwards, newest first',
    late('newest-first', 0.9, 2.9),
  ),
  delivered('backlog-oldest-first', 'the same, oldest first', late('oldest-first', 0.9, 2.9)),
  delivered('backlog-mixed', 'the same, in no order', late('mixed', 0.9, 2.9)),
  delivered('backlog-within-visit', 'the middle of a visit arrives after its end', late('newest-first', 1.4, 2.2)),
  delivered('redelivered', 'every message three times, up to 10 minutes later', { order: 'repeated', times: 3 }),
]

export const TAG_FAULTS: readonly Scenario[] = [
  scenario({
    id: 'clock-ahead',
    title: 'the tag says ten minutes too late what it measures for 20 minutes, on the way in',
    theme,
    conditions,
    way: visitWay,
    faults: [{ type: 'clock-ahead', fromS: minutes(65), toS: minutes(85), byS: 600 }],
  }),
  scenario({
    id: 'impossible-jump',
    title: 'one fix 9 km away in the middle of a zone, with a good circle',
    theme,
    conditions: [condition('exclusion', circle([8_000, 4_000], 600))],
    way: stayHome,
    faults: [{ type: 'jump', atS: hours(1), fixes: 1, x: 8_000, y: 4_000 }],
  }),
  scenario({
    id: 'impossible-jump-twice',
    title: 'two fixes one after the other 9 km away in the middle of a zone',
    theme,
    conditions: [condition('exclusion', circle([8_000, 4_000], 600))],
    way: stayHome,
    faults: [{ type: 'jump', atS: hours(1), fixes: 2, x: 8_000, y: 4_000 }],
  }),
  scenario({
    id: 'jump-into-zone-from-home',
    title: 'at home 60 m from the fence, one fix 150 m off in the zone, three times',
    theme,
    conditions,
    way: wayFrom(-60, 0).lives(hours(6), 'indoor').done(),
    faults: [1, 3, 5].map(hour => ({ type: 'jump', atS: hours(hour), fixes: 1, x: 90, y: 0 })),
  }),
  scenario({
    id: 'no-accuracy-inside',
    title: 'a tag that states no accuracy: half an hour in the zone',
    theme,
    conditions,
    way: visitWay,
    faults: [{ type: 'no-accuracy' }],
  }),
  scenario({
    id: 'no-accuracy-at-60-m',
    title: 'a tag that states no accuracy: 8 h at home 60 m from the fence',
    theme,
    conditions,
    way: wayFrom(-60, 0).lives(hours(8), 'indoor').done(),
    faults: [{ type: 'no-accuracy' }],
  }),
  scenario({
    id: 'strap-cut-inside',
    title: 'cuts the strap in the zone and leaves the tag there for half an hour',
    theme,
    conditions,
    way: wayFrom(-1_000, 0)
      .lives(minutes(30), 'indoor')
      .goes(PACE.walk, 'suburb', [200, 0])
      .stays(minutes(40), 'open')
      .done(),
    events: [{ atS: minutes(50), type: 'strap-cut' }],
    device: [{ kind: 'strap-tamper', atS: minutes(50) }],
  }),
  scenario({
    id: 'tag-changes-wearer',
    title: 'the tag is taken off at the office; another wearer, who may, carries it into the zone',
    theme,
    conditions,
    way: wayFrom(-1_000, 0)
      .lives(hours(1), 'indoor')
      .goes(PACE.walk, 'suburb', [200, 0])
      .lives(hours(1), 'indoor')
      .done(),
    activation: { fromS: -86_400, toS: minutes(55) },
  }),
  scenario({
    id: 'power-off',
    title: 'the tag is switched off for an hour at home',
    theme,
    conditions,
    way: wayFrom(-1_000, 0).lives(hours(1), 'indoor').stays(hours(1), 'tunnel').lives(hours(1), 'indoor').done(),
    events: [
      { atS: hours(1), type: 'power-off' },
      { atS: hours(2), type: 'power-on' },
    ],
    device: [{ kind: 'power-off', atS: hours(1) }],
  }),
]

const SMALL = rectangle(0, -300, 400, 300)
const LARGE = rectangle(-1_200, -500, 400, 500)

export const EDITS: readonly Scenario[] = [
  scenario({
    id: 'zone-grown-round-wearer',
    title: 'the zone is enlarged and now holds the standing wearer, who leaves 20 minutes later',
    theme,
    conditions: [
      condition('exclusion', SMALL, {
        zones: [
          { shape: SMALL, fromS: -Infinity, toS: hours(1) },
          { shape: LARGE, fromS: hours(1), toS: Infinity },
        ],
      }),
    ],
    way: wayFrom(-1_000, 0)
      .lives(hours(1) + minutes(20), 'indoor')
      .goes(PACE.walk, 'suburb', [-2_000, 0])
      .lives(hours(1), 'indoor')
      .done(),
  }),
  scenario({
    id: 'zone-shrunk-late-fixes',
    title: 'fixes from before the zone was made smaller arrive after it',
    theme,
    conditions: [
      condition('exclusion', LARGE, {
        zones: [
          { shape: LARGE, fromS: -Infinity, toS: hours(2) },
          { shape: SMALL, fromS: hours(2), toS: Infinity },
        ],
      }),
    ],
    way: wayFrom(-2_000, 0)
      .lives(minutes(40), 'indoor')
      .goes(PACE.walk, 'suburb', [-800, 0])
      .lives(minutes(20), 'indoor')
      .goes(PACE.walk, 'suburb', [-2_000, 0])
      .lives(hours(2), 'indoor')
      .done(),
    delivery: late('newest-first', 0.5, 2.5),
  }),
]
