import { curveStepAfter, line } from 'd3-shape'
import { DETECTOR_NAMES } from '../detectors/detector.ts'
import type { ByDetector } from '../run/run-trial.ts'
import { quantile } from '../score/intervals.ts'
import { linearAxis, MARGIN, percent, place, plain, renderPlot } from './plot.ts'

const LONGEST_MIN = 15
const STEPS = 100

/** Share of all true entries of 60 s and more that had been told of so many minutes after they began. */
export function plotDelays(tallies: ByDetector, title: string): string {
  const [width, height] = [460, 320]
  const x = linearAxis([0, LONGEST_MIN], [MARGIN.left, width - MARGIN.right], 'minutes after the true entry', plain)
  const y = linearAxis([0, 1], [height - MARGIN.bottom, MARGIN.top], 'true entries told of', percent)
  const paths = DETECTOR_NAMES.map(name => {
    const { delaysS, groups } = tallies[name]
    const sorted = [...delaysS].sort((a, b) => a - b)
    const points: [number, number][] = Array.from({ length: STEPS + 1 }, (_, step) => {
      const share = step / STEPS
      const minutes = quantileOf(sorted, share) / 60
      return [
        place(x, Math.min(LONGEST_MIN, minutes)),
        place(y, (share * delaysS.length) / Math.max(1, groups.all.entries)),
      ]
    })
    return `<path class="curve ${name}" d="${line().curve(curveStepAfter).digits(1)(points) ?? ''}"/>`
  })
  return renderPlot({ width, height, x, y, title }, paths.join('\n'))
}

const quantileOf = (sorted: readonly number[], share: number) =>
  sorted.length === 0 ? 0 : (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? quantile(sorted, share))
