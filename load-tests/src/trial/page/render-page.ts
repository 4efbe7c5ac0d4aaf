import { DETECTOR_NAMES } from '../detectors/detector.ts'
import type { TrialResult } from '../run/run-trial.ts'
import { methodOf } from './method.ts'
import { escapeXml } from './plot.ts'
import { plotRates, plotShares, plotTradeOff, settingsOf } from './plot-curve.ts'
import { plotDelays } from './plot-delays.ts'
import { plotFalse, plotFound } from './plot-scenarios.ts'
import { STYLE } from './style.ts'
import type { Summary } from './summary.ts'
import {
  comparisonTable,
  curveTable,
  DETECTOR_SAYS,
  goalTable,
  notWonTable,
  scenarioTable,
  type Table,
} from './tables.ts'

const KEYS = { cordon: '--cordon', naive: '--naive', 'fifth-point': '--fifth' } as const

/** One page with everything in it: nothing is loaded from anywhere. */
export function renderPage(summary: Summary, result: TrialResult): string {
  const paragraph = (text: string) => `<p>${escapeXml(text)}</p>`
  const legend = legendOf(DETECTOR_NAMES.map(name => [DETECTOR_SAYS[name], KEYS[name]] as const))
  const [compared, ...others] = summary.tables
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cordon: the trial</title>
<style>${STYLE}</style>
</head>
<body>
<h1>The trial</h1>
${methodOf(summary).map(paragraph).join('\n')}
<h2>Goals</h2>
${renderTable(goalTable(summary))}
<h2>Beside what is in use</h2>
${compared === undefined ? '' : renderTable(comparisonTable(compared))}
${legend}
<div class="plots">
${result.byRate.map(({ rate, tallies }) => plotDelays(tallies, `Told of, at ${rate.name}`)).join('\n')}
</div>
<h2>The operating point</h2>
<p>One setting at a time, the others as they are by default; the filled dot is the default. Found is of entries deeper than the circle with a fix measured during them. A rate of 0.001 is that or less; the broken line is the goal of 0.05.</p>
${legendOf([
  ['confirmed', '--cordon'],
  ['told at all, at least as possible', '--naive'],
])}
${plotCurves(summary)}
${renderTable(curveTable(summary))}
<h2>What cannot be won, and why</h2>
<p>Scenarios of which less than 99 % of the true entries were found, and what those that were missed had in common.</p>
${renderTable(notWonTable(summary))}
<h2>Scenario by scenario</h2>
${legend}
${plotFound(result.scenarios)}
${plotFalse(result.scenarios)}
${renderTable(scenarioTable(summary))}
<h2>By rate and by error model</h2>
${others.map(table => `<h3>${escapeXml(table.title)}</h3>${renderTable(comparisonTable(table))}`).join('\n')}
</body>
</html>
`
}

function plotCurves({ curve }: Summary): string {
  if (curve.length === 0) return ''
  const points = curve.map(({ setting, value, isDefault, found, falseConfirmed, falsePossible }) => ({
    point: { setting, value, isDefault },
    foundShare: found.share ?? 0,
    confirmedShare: found.confirmedShare ?? 0,
    falseConfirmed: falseConfirmed.perDay,
    falsePossible: falsePossible.perDay,
  }))
  const pairs = settingsOf(points).map(setting => `${plotRates(setting, points)}${plotShares(setting, points)}`)
  return `${plotTradeOff(points)}<div class="plots">${pairs.join('\n')}</div>`
}

const legendOf = (entries: readonly (readonly [says: string, key: string])[]) =>
  `<ul class="legend">${entries.map(([says, key]) => `<li style="--key: var(${key})">${escapeXml(says)}</li>`).join('')}</ul>`

function renderTable({ head, rows }: Table): string {
  if (rows.length === 0) return '<p>None.</p>'
  const cell = (text: string) => `<td${text === 'MISSED' ? ' class="missed"' : ''}>${escapeXml(text)}</td>`
  const lines = rows.map(row => `<tr>${row.map(cell).join('')}</tr>`)
  return `<div class="scroll"><table><thead><tr>${head.map(text => `<th>${escapeXml(text)}</th>`).join('')}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table></div>`
}
