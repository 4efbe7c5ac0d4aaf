import { rectangle } from '../ground/shape.ts'
import type { EnvironmentName } from '../noise/environments.ts'
import { condition, hours, minutes, type Scenario, scenario } from '../scenario.ts'
import { PACE, wayFrom } from '../way/way.ts'

/** Near a zone and never in it: nothing may be raised. The fence runs north to south at x = 0, the zone is east of it. */
const ZONE = rectangle(0, -300, 400, 300)
const conditions = [condition('exclusion', ZONE)]
const theme = 'beside'

function skirts(awayM: number): Scenario {
  const way = wayFrom(-1_000, -600)
    .lives(minutes(10), 'indoor')
    .goes(PACE.walk, 'suburb', [-awayM, -600], [-awayM, 600], [-1_000, 600])
    .lives(minutes(10), 'indoor')
    .done()
  return scenario({
    id: `skirts-at-${awayM}-m`,
    title: `walks along the fence, ${awayM} m off`,
    theme,
    conditions,
    way,
  })
}

/** All day at home but for an hour of shopping on the far side. */
function homeAt(awayM: number, environment: EnvironmentName): Scenario {
  const way = wayFrom(-awayM, 40)
    .lives(hours(10), environment)
    .goes(PACE.walk, 'suburb', [-awayM - 900, 40])
    .lives(minutes(40), 'indoor')
    .goes(PACE.walk, 'suburb', [-awayM, 40])
    .livesUntil(hours(24), environment)
    .done()
  const title = `24 h at home ${awayM} m from the fence${environment === 'deep' ? ', in a concrete tower' : ''}`
  return scenario({ id: `home-at-${awayM}-m`, title, theme, conditions, way })
}

function worksAt(awayM: number): Scenario {
  const way = wayFrom(-2_500, 0)
    .goes(PACE.cycle, 'suburb', [-awayM, 0])
    .lives(hours(8), 'indoor')
    .goes(PACE.cycle, 'suburb', [-2_500, 0])
    .done()
  return scenario({
    id: `indoors-at-${awayM}-m`,
    title: `8 h at work in a building ${awayM} m from the fence`,
    theme,
    conditions,
    way,
  })
}

export const BESIDE: readonly Scenario[] = [
  ...[5, 10, 25, 50].map(skirts),
  worksAt(12),
  homeAt(20, 'indoor'),
  homeAt(60, 'indoor'),
  homeAt(120, 'deep'),
  scenario({
    id: 'bench-at-15-m',
    title: '40 minutes on a bench 15 m from the fence',
    theme,
    conditions,
    way: wayFrom(-800, 0)
      .goes(PACE.walk, 'suburb', [-15, 0])
      .stays(minutes(40), 'open')
      .goes(PACE.walk, 'suburb', [-800, 0])
      .done(),
  }),
  scenario({
    id: 'canyon-at-40-m',
    title: 'an hour up and down a street between high buildings, 40 m from the zone',
    theme,
    conditions,
    way: wayFrom(-700, -200)
      .goes(PACE.walk, 'suburb', [-40, -200])
      .paces(hours(1), PACE.stroll, 'canyon', [-40, 200], [-40, -200])
      .done(),
  }),
  scenario({
    id: 'bus-past',
    title: 'by bus along the zone, 25 m off, with stops, there and back',
    theme,
    conditions,
    way: wayFrom(-25, -3_000)
      .goes(PACE.bus, 'vehicle', [-25, -200])
      .stays(30, 'vehicle')
      .goes(PACE.bus, 'vehicle', [-25, 150])
      .stays(45, 'vehicle')
      .goes(PACE.bus, 'vehicle', [-25, 3_000])
      .lives(minutes(30), 'indoor')
      .goes(PACE.bus, 'vehicle', [-25, -3_000])
      .done(),
  }),
  scenario({
    id: 'train-past',
    title: 'by train along the zone, 30 m off, there and back',
    theme,
    conditions,
    way: wayFrom(-30, -9_000)
      .goes(PACE.train, 'train', [-30, 9_000])
      .lives(hours(1), 'indoor')
      .goes(PACE.train, 'train', [-30, -9_000])
      .done(),
  }),
  scenario({
    id: 'bad-fixes-at-150-m',
    title: 'an hour of bad fixes (σ 70 m) in a wood 150 m from the zone',
    theme,
    conditions,
    way: wayFrom(-900, 0)
      .goes(PACE.walk, 'suburb', [-150, 0])
      .paces(hours(1), PACE.stroll, 'poor', [-150, 150], [-150, -150])
      .done(),
  }),
  scenario({
    id: 'cell-only-at-800-m',
    title: '12 h of cell-tower fixes alone, 800 m from the zone',
    theme,
    conditions,
    way: wayFrom(-800, 0).lives(hours(12), 'cell-only').done(),
  }),
  scenario({
    id: 'wifi-only-at-40-m',
    title: '8 h of wifi fixes alone in a building 40 m from the zone',
    theme,
    conditions,
    way: wayFrom(-40, 0).lives(hours(8), 'wifi-only').done(),
  }),
]
