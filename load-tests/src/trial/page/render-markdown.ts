import { methodOf } from './method.ts'
import type { Summary } from './summary.ts'
import { comparisonTable, curveTable, goalTable, notWonTable, scenarioTable, type Table } from './tables.ts'

/** The tables of the page, for those who read them where the code is. */
export function renderMarkdown(summary: Summary): string {
  const compared = summary.tables.flatMap(table => [
    `### Fixes and errors: ${table.title}`,
    renderTable(comparisonTable(table)),
  ])
  return [
    '# The trial',
    'Made by `npm run trial`; the page with the plots is `index.html`, the figures for programs are `results.json`. The same seeds make the same files.',
    ...methodOf(summary),
    '## Goals',
    renderTable(goalTable(summary)),
    '## Beside what is in use',
    'In brackets the 95 % interval and the counts.',
    ...compared,
    '## What cannot be won, and why',
    'Scenarios of which less than 99 % of the true entries were found, and what those that were missed had in common.',
    renderTable(notWonTable(summary)),
    '## The operating point',
    'One setting at a time, the others as they are by default. Found is of entries deeper than the circle with a fix measured during them.',
    renderTable(curveTable(summary)),
    '## Every scenario',
    renderTable(scenarioTable(summary)),
  ]
    .join('\n\n')
    .concat('\n')
}

function renderTable({ head, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  if (rows.length === 0) return 'None.'
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
