import { line } from 'd3-shape'
import type { TriedPoint, TriedSetting } from '../run/plan-tasks.ts'
import { type Axis, escapeXml, linearAxis, logAxis, MARGIN, percent, place, plain, renderPlot } from './plot.ts'

export interface CurvePoint {
  readonly point: TriedPoint
  /** Of true entries deeper than the circle with a fix measured during them. */
  readonly foundShare: number
  readonly confirmedShare: number
  /** A wearer-day. */
  readonly falseConfirmed: number
  readonly falsePossible: number
}

/** Below this a rate cannot be told from none. */
const LEAST_RATE = 0.001
const GOAL_RATE = 0.05
const [WIDTH, HEIGHT] = [460, 300]
const ACROSS = [MARGIN.left, WIDTH - MARGIN.right] as const
const UPWARDS = [HEIGHT - MARGIN.bottom, MARGIN.top] as const

const falseAxis = (range: readonly [number, number], label: string) => logAxis([LEAST_RATE, 10], range, label, plain)

/** Detection against false alarms, confirmed ones of both, as each setting is turned; they meet in the operating point. */
export function plotTradeOff(points: readonly CurvePoint[]): string {
  const [width, height] = [940, 380]
  const x = falseAxis([MARGIN.left, width - 180], 'false confirmed a wearer-day')
  const lowest = Math.min(0.95, ...points.map(({ confirmedShare }) => confirmedShare))
  const y = linearAxis([lowest, 1], [height - MARGIN.bottom, MARGIN.top], 'true entries found as confirmed', percent)
  const drawn = settingsOf(points).map(setting => {
    const mine = points.filter(({ point }) => point.setting === setting)
    const at = (each: CurvePoint) => spot(x, y, Math.max(LEAST_RATE, each.falseConfirmed), each.confirmedShare)
    const ends = mine.filter((_, index) => index === 0 || index === mine.length - 1)
    const names = ends.map(each => {
      const [endX, endY] = at(each)
      return `<text class="tick" x="${endX + 9}" y="${endY + 4}">${setting} ${each.point.value}</text>`
    })
    const dots = mine.map(each =>
      dot(
        at(each),
        'confirmed',
        each,
        `${percent(each.confirmedShare)} found as confirmed, ${plain(each.falseConfirmed)} false a day`,
      ),
    )
    return `<path class="curve confirmed" d="${line().digits(1)(mine.map(at)) ?? ''}"/>${dots.join('')}${names.join('')}`
  })
  const goal = place(x, GOAL_RATE)
  const limit = `<line class="goal" x1="${goal}" x2="${goal}" y1="${MARGIN.top}" y2="${height - MARGIN.bottom}"/>`
  const title = 'Found as confirmed against false confirmed, one setting at a time'
  return renderPlot({ width, height, x, y, title }, limit + drawn.join('\n'))
}

/** False incidents a wearer-day by the value of one setting. */
export function plotRates(setting: TriedSetting, points: readonly CurvePoint[]): string {
  const y = falseAxis(UPWARDS, 'false a wearer-day')
  const goal = place(y, GOAL_RATE)
  const limit = `<line class="goal" x1="${ACROSS[0]}" x2="${ACROSS[1]}" y1="${goal}" y2="${goal}"/>`
  return plotByValue(setting, points, {
    y,
    limit,
    of: { confirmed: each => each.falseConfirmed, possible: each => each.falsePossible },
  })
}

/** Share of the true entries found by the value of one setting. */
export function plotShares(setting: TriedSetting, points: readonly CurvePoint[]): string {
  const lowest = Math.min(0.95, ...points.map(({ confirmedShare }) => confirmedShare))
  const y = linearAxis([lowest, 1], UPWARDS, 'true entries found', percent)
  return plotByValue(setting, points, {
    y,
    limit: '',
    of: { confirmed: each => each.confirmedShare, possible: each => each.foundShare },
  })
}

interface Drawing {
  readonly y: Axis
  readonly limit: string
  readonly of: Readonly<Record<'confirmed' | 'possible', (point: CurvePoint) => number>>
}

function plotByValue(setting: TriedSetting, points: readonly CurvePoint[], { y, limit, of }: Drawing): string {
  const mine = points.filter(({ point }) => point.setting === setting)
  const values = mine.map(({ point }) => point.value)
  const x = { ...linearAxis([Math.min(...values), Math.max(...values)], ACROSS, setting, plain), ticks: values }
  const drawn = (['possible', 'confirmed'] as const).map(name => {
    const at = (each: CurvePoint) => spot(x, y, each.point.value, Math.max(LEAST_RATE, of[name](each)))
    const dots = mine.map(each => dot(at(each), name, each, `${name}: ${plain(of[name](each))}`))
    return `<path class="curve ${name}" d="${line().digits(1)(mine.map(at)) ?? ''}"/>${dots.join('')}`
  })
  return renderPlot(
    { width: WIDTH, height: HEIGHT, x, y, title: `${y.label}, by ${setting}` },
    limit + drawn.join('\n'),
  )
}

export const settingsOf = (points: readonly CurvePoint[]): TriedSetting[] => [
  ...new Set(points.map(({ point }) => point.setting)),
]

const spot = (x: Axis, y: Axis, atX: number, atY: number): [number, number] => [place(x, atX), place(y, atY)]

function dot([cx, cy]: [number, number], name: string, { point }: CurvePoint, says: string): string {
  const { setting, value, isDefault } = point
  const title = escapeXml(`${setting} ${value}${isDefault ? ' (default)' : ''}: ${says}`)
  return `<circle class="dot ${name}${isDefault ? ' chosen' : ''}" cx="${cx}" cy="${cy}" r="${isDefault ? 6 : 4}"><title>${title}</title></circle>`
}
