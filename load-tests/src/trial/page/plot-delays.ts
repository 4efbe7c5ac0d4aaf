import { curveStepAfter, line } from 'd3-shape'
import { DETECTOR_NAMES } from '../detectors/detector.ts'
import type { ByDetector } from '../run/run-trial.ts'
import { linearAxis, MARGIN, percent, place, plain, renderPlot } from './plot.ts'

const LONGEST_MIN = 15
const STEP_MIN = 0.25

/** Share of the true entries that were told of at all, by minutes after they began. Where nothing was held back. */
export function plotDelays(tallies: ByDetector, title: string): string {
  const [width, height] = [460, 320]
  const x = linearAxis([0, LONGEST_MIN], [MARGIN.left, width - MARGIN.right], 'minutes after the true entry', plain)
  const y = linearAxis([0, 1], [height - MARGIN.bottom, MARGIN.top], 'of those told of', percent)
  const paths = DETECTOR_NAMES.map(name => {
    const { delaysS } = tallies[name]
    const points = Array.from({ length: LONGEST_MIN / STEP_MIN + 1 }, (_, step): [number, number] => {
      const minutes = step * STEP_MIN
      const told = delaysS.filter(delayS => delayS <= minutes * 60).length
      return [place(x, minutes), place(y, told / Math.max(1, delaysS.length))]
    })
    return `<path class="curve ${name}" d="${line().curve(curveStepAfter).digits(1)(points) ?? ''}"/>`
  })
  return renderPlot({ width, height, x, y, title }, paths.join('\n'))
}
