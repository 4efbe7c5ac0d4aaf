import { line } from 'd3-shape'
import type { TriedPoint, TriedSetting } from '../run/plan-tasks.ts'
import { escapeXml, linearAxis, logAxis, MARGIN, percent, place, plain, renderPlot } from './plot.ts'

export interface CurvePoint {
  readonly point: TriedPoint
  /** Of true entries deeper than the circle with a fix measured during them. */
  readonly foundShare: number
  readonly confirmedShare: number
  readonly falseConfirmedPerDay: number
  readonly falsePossiblePerDay: number
}

/** Below this a rate cannot be told from none. */
const LEAST_RATE = 0.001

const SERIES = [
  { name: 'confirmed', shareOf: 'confirmedShare', rateOf: 'falseConfirmedPerDay' },
  { name: 'possible', shareOf: 'foundShare', rateOf: 'falsePossiblePerDay' },
] as const

/** Detection against false incidents as one setting is turned, the others as they are. The filled dot is the default. */
export function plotCurve(setting: TriedSetting, points: readonly CurvePoint[]): string {
  const [width, height] = [460, 320]
  const mine = points.filter(({ point }) => point.setting === setting)
  const shares = mine.flatMap(({ foundShare, confirmedShare }) => [foundShare, confirmedShare])
  const lowest = Math.min(0.98, ...shares) - 0.005
  const x = logAxis([LEAST_RATE, 10], [MARGIN.left, width - MARGIN.right], 'false incidents a wearer-day', plain)
  const y = linearAxis([lowest, 1], [height - MARGIN.bottom, MARGIN.top], 'true entries found', percent)
  const drawn = SERIES.map(({ name, shareOf, rateOf }) => {
    const at = (each: CurvePoint): [number, number] => [
      place(x, Math.max(LEAST_RATE, each[rateOf])),
      place(y, each[shareOf]),
    ]
    const path = line().digits(1)(mine.map(at)) ?? ''
    const dots = mine.map(each => {
      const [cx, cy] = at(each)
      const { value, isDefault } = each.point
      const says = `${setting} ${value}: ${percent(each[shareOf])} found ${name === 'confirmed' ? 'and confirmed' : ''}, ${plain(each[rateOf])} false ${name} a day`
      return `<circle class="dot ${name}${isDefault ? ' chosen' : ''}" cx="${cx}" cy="${cy}" r="${isDefault ? 6 : 4}"><title>${escapeXml(says)}</title></circle><text class="tick" x="${cx + 7}" y="${cy - 6}">${value}</text>`
    })
    return `<path class="curve ${name}" d="${path}"/>${dots.join('')}`
  })
  return renderPlot({ width, height, x, y, title: setting }, drawn.join('\n'))
}
