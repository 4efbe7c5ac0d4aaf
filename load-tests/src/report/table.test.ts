import { describe, expect, it } from 'vitest'
import { formatCell, formatTable } from './table.ts'

describe('table', () => {
  it('sets numbers to the right and words to the left', () => {
    const text = formatTable(
      ['process', 'CPU s'],
      [
        ['ingest', 12.345],
        ['gateway', 1_234.5],
      ],
    )
    expect(text).toBe('process  CPU s\n───────  ─────\ningest    12.3\ngateway  1,235')
  })

  it('shows what could not be measured as a dash', () => {
    expect(formatCell(Number.NaN)).toBe('–')
    expect(formatCell(Number.POSITIVE_INFINITY)).toBe('–')
    expect(formatCell(0)).toBe('0')
  })
})
