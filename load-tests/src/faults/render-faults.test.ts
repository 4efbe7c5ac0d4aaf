import { describe, expect, it } from 'vitest'
import { type FaultRow, isHeld } from './fault.ts'
import { countBroken, renderFaults, renderMarkdown, withTable } from './render-faults.ts'

const row: FaultRow = {
  title: 'broker: kill -9',
  isBeyond: false,
  ...{ published: 1_000, entries: 9, lostFixes: 0, doubledFixes: 0, lostIncidents: 0, doubledIncidents: 0 },
  ...{ missedPushes: 0, blindSeconds: 7.04, slowestAlertSeconds: 6.5, saidSeconds: null, said: null },
  notes: [],
  checks: [{ name: 'everything came back by itself', isMet: true, detail: '' }],
}

describe('the table of faults', () => {
  it.each(['lostFixes', 'doubledFixes', 'lostIncidents', 'doubledIncidents', 'missedPushes'] as const)(
    'counts a fault as broken with one of %s',
    name => {
      expect(isHeld(row)).toBe(true)
      expect(countBroken([row, { ...row, [name]: 1 }])).toBe(1)
    },
  )

  it('counts a fault as broken that nothing was published under, or whose own check fails, and says which', () => {
    expect(isHeld({ ...row, published: 0 })).toBe(false)
    const broken = { ...row, checks: [{ name: 'memory is bounded', isMet: false, detail: '900 MiB' }] }
    expect(isHeld(broken)).toBe(false)
    expect(renderFaults([broken])).toContain('FAIL  broker: kill -9: memory is bounded (900 MiB)')
  })

  it('says below the table what else is to be read of a fault', () => {
    const noted = { ...row, notes: ['9,000 a second were sent'] }
    expect(renderFaults([noted])).toContain('broker: kill -9: 9,000 a second were sent')
    expect(renderMarkdown([noted])).toMatch(/\|\n\n- broker: kill -9: 9,000 a second were sent$/)
  })

  it('stands in the page between its marks, and nowhere else', () => {
    const page = 'before\n<!-- faults: begin -->\nold\n<!-- faults: end -->\nafter'
    const table = renderMarkdown([row])
    expect(table.split('\n')[2]).toBe('| broker: kill -9 | 1,000 | 9 | 0 | 0 | 0 | 0 | 0 | 7 | 6.50 | – |  |')
    expect(withTable(page, table)).toBe(`before\n<!-- faults: begin -->\n\n${table}\n\n<!-- faults: end -->\nafter`)
    expect(() => withTable('no marks', table)).toThrow('<!-- faults: begin -->')
  })
})
