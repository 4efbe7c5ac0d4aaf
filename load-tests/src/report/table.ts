export type Cell = string | number

/** Columns as wide as they need to be; numbers to the right, words to the left. */
export function formatTable(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [head, ...rows.map(row => row.map(formatCell))]
  const widths = head.map((_, column) => Math.max(...texts.map(row => row[column]?.length ?? 0)))
  const isNumeric = head.map((_, column) => rows.every(row => typeof row[column] === 'number' || row[column] === '–'))
  const pad = (text: string, column: number) =>
    isNumeric[column] === true ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0)
  const lines = texts.map(row =>
    head
      .map((_, column) => pad(row[column] ?? '', column))
      .join('  ')
      .trimEnd(),
  )
  return [lines[0], widths.map(width => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n')
}

/** Three significant digits below 100, whole numbers above; a dash for what could not be measured. */
export function formatCell(cell: Cell): string {
  if (typeof cell === 'string') return cell
  if (!Number.isFinite(cell)) return '–'
  if (Number.isInteger(cell) || Math.abs(cell) >= 100) return Math.round(cell).toLocaleString('en-GB')
  return cell.toPrecision(3)
}
