import { methodOf } from './method.ts'
import type { Summary } from './summary.ts'
import { comparisonTable, curveTable, goalTable, notWonTable, type Table } from './tables.ts'

/** The tables of the page, for those who read them where the code is. */
export function renderMarkdown(summary: Summary): string {
  const compared = summary.tables.flatMap(table => [
    `### Fixes and errors: ${table.title}`,
    renderTable(comparisonTable(table)),
  ])
  return [
    '# The trial',
    'Made by `npm run trial`; the page with the plots and every scenario is `index.html`, the figures for programs are `results.json`. The same seeds make the same files. `npm run trial -- --quick` holds the goals with ten seeds and writes nothing; `--set accuracyFactor=2` tries a setting of the policy in the same way.',
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
  ]
    .join('\n\n')
    .concat('\n')
}

/** Columns as wide as they need to be, as the formatter of this repository has them. */
function renderTable({ head, rows }: Table): string {
  if (rows.length === 0) return 'None.'
  const widths = head.map((_, column) => Math.max(3, ...[head, ...rows].map(cells => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[], filler: string) =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width, filler)).join(' | ')} |`
  return [line(head, ' '), line([], '-'), ...rows.map(row => line(row, ' '))].join('\n')
}
