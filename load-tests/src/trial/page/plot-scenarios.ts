import { scaleBand } from 'd3-scale'
import { DETECTOR_NAMES } from '../detectors/detector.ts'
import type { ScenarioResult } from '../run/run-trial.ts'
import { toFigures } from '../score/figures.ts'
import { escapeXml, linearAxis, logAxis, MARGIN, percent, place, plain, renderPlot } from './plot.ts'

const ROW = 18
const NAMES = 200
const LEAST_RATE = 0.01

interface Row {
  readonly title: string
  readonly values: Readonly<Partial<Record<string, number>>>
}

/** Share of true entries found, scenario by scenario. */
export function plotFound(results: readonly ScenarioResult[]): string {
  const rows = results
    .filter(({ all }) => all.cordon.groups.all.entries > 0)
    .map(({ scenario, all }) => ({
      title: scenario.id,
      values: Object.fromEntries(DETECTOR_NAMES.map(name => [name, toFigures(all[name]).groups.all.share ?? 0])),
    }))
  return plotRows(rows, 'Share of true entries of 60 s and more that were found', range =>
    linearAxis([0, 1], range, 'found', percent),
  )
}

/** False confirmed incidents a wearer-day, scenario by scenario, where any detector raised one. */
export function plotFalse(results: readonly ScenarioResult[]): string {
  const rows = results
    .map(({ scenario, all }) => ({
      title: scenario.id,
      values: Object.fromEntries(
        DETECTOR_NAMES.map(name => [name, Math.max(LEAST_RATE, toFigures(all[name]).falseConfirmed.perDay)]),
      ),
    }))
    .filter(({ values }) => Object.values(values).some(value => value > LEAST_RATE))
  return plotRows(rows, 'False confirmed zone incidents a wearer-day (at the left end: none, or up to 0.01)', range =>
    logAxis([LEAST_RATE, 1_000], range, 'a wearer-day', plain),
  )
}

function plotRows(
  rows: readonly Row[],
  title: string,
  axisOf: (range: readonly [number, number]) => ReturnType<typeof linearAxis>,
): string {
  const [width, height] = [940, rows.length * ROW + MARGIN.top + MARGIN.bottom]
  const x = axisOf([NAMES, width - MARGIN.right])
  const bands = scaleBand<number>()
    .domain(rows.keys())
    .range([MARGIN.top, height - MARGIN.bottom])
  const y = { ...linearAxis([0, 1], [height - MARGIN.bottom, MARGIN.top], '', plain), ticks: [] }
  const drawn = rows.map(({ title: name, values }, index) => {
    const middle = Math.round((bands(index) ?? 0) + bands.bandwidth() / 2)
    const dots = DETECTOR_NAMES.toReversed().map(detector => {
      const value = values[detector] ?? 0
      return `<circle class="dot chosen ${detector}" cx="${place(x, value)}" cy="${middle}" r="5"><title>${escapeXml(`${name}, ${detector}: ${x.format(value)}`)}</title></circle>`
    })
    return `<text class="tick" x="${NAMES - 10}" y="${middle + 4}" text-anchor="end">${escapeXml(name)}</text><line class="grid" x1="${NAMES}" x2="${width - MARGIN.right}" y1="${middle}" y2="${middle}"/>${dots.join('')}`
  })
  return renderPlot({ width, height, x, y, title }, drawn.join('\n'))
}
