import { formatCell, formatTable } from '../report/table.ts'
import { type FaultRow, isHeld } from './fault.ts'

const HEAD = [
  'fault',
  'messages',
  'entries',
  'lost fixes',
  'doubled fixes',
  'lost incidents',
  'doubled incidents',
  'missed pushes',
  's blind',
  'slowest alert, s',
  's until said',
  'said',
]

const cells = (row: FaultRow) => [
  row.title,
  row.published,
  row.entries,
  row.lostFixes,
  row.doubledFixes,
  row.lostIncidents,
  row.doubledIncidents,
  row.missedPushes,
  rounded(row.blindSeconds),
  rounded(row.slowestAlertSeconds),
  row.saidSeconds === null ? '–' : rounded(row.saidSeconds),
  row.said ?? '',
]

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10

/** For people at a terminal, with everything that does not hold below it. */
export function renderFaults(rows: readonly FaultRow[]): string {
  const broken = rows.flatMap(row =>
    row.checks.filter(({ isMet }) => !isMet).map(({ name, detail }) => `FAIL  ${row.title}: ${name} (${detail})`),
  )
  const notes = notesOf(rows).map(note => `      ${note}`)
  return [formatTable(HEAD, rows.map(cells)), ...notes, ...broken].join('\n')
}

const notesOf = (rows: readonly FaultRow[]): readonly string[] =>
  rows.flatMap(({ title, notes }) => notes.map(note => `${title}: ${note}`))

/** The same as Markdown. */
export function renderMarkdown(rows: readonly FaultRow[]): string {
  const line = (texts: readonly string[]) => `| ${texts.join(' | ')} |`
  const rule = HEAD.map((_, column) => (column === 0 || column === HEAD.length - 1 ? '---' : '--:'))
  const table = [line(HEAD), line(rule), ...rows.map(row => line(cells(row).map(formatCell)))].join('\n')
  const notes = notesOf(rows).map(note => `- ${note}`)
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`
}

const BEGIN = '<!-- faults: begin -->'
const END = '<!-- faults: end -->'

/** `page` with what stands between the two marks replaced. Throws when they are not there. */
export function withTable(page: string, table: string): string {
  const from = page.indexOf(BEGIN)
  const to = page.indexOf(END)
  if (from < 0 || to < from) throw new Error(`the page does not hold ${BEGIN} and ${END}`)
  return `${page.slice(0, from + BEGIN.length)}\n\n${table}\n\n${page.slice(to)}`
}

export const countBroken = (rows: readonly FaultRow[]): number => rows.filter(row => !isHeld(row)).length
