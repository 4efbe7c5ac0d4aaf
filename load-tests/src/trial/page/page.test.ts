import { describe, expect, it } from 'vitest'
import type { TrialResult } from '../run/run-trial.ts'
import { SCENARIOS } from '../scenarios/all-scenarios.ts'
import { EMPTY_TALLY, type Tally } from '../score/tally.ts'
import { RATES } from '../way/measure-way.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderPage } from './render-page.ts'
import { summarise } from './summary.ts'

const tally: Tally = {
  ...EMPTY_TALLY,
  runs: 2,
  days: 1,
  groups: { ...EMPTY_TALLY.groups, all: { entries: 10, found: 9, confirmed: 8 } },
  misses: { ...EMPTY_TALLY.misses, 'cell-tower fixes alone': 1 },
  falseConfirmed: 3,
  delaysS: [10, 20, 30],
}
const all = { cordon: tally, naive: tally, 'fifth-point': tally }
const byRate = RATES.map(rate => ({ rate, tallies: all }))
const result: TrialResult = {
  seeds: 1,
  all,
  byRate,
  byVariant: [{ variant: 'multipath', tallies: all }],
  scenarios: SCENARIOS.slice(0, 2).map(scenario => ({ scenario, all, byRate })),
  curve: [0.6, 0.7].map(value => ({
    point: { setting: 'possibleProbability', value, isDefault: value === 0.7 },
    tally,
  })),
}
const summary = summarise(result)

describe('the report', () => {
  it('loads nothing from anywhere and runs no script', () => {
    const page = renderPage(summary, result)
    expect(page).not.toMatch(/(src|href)=|@import|url\(|<script/)
    expect(page).not.toContain('NaN')
  })

  it('says which scenario was not won, and why', () => {
    expect(summary.notWon[0]).toMatchObject({
      id: SCENARIOS[0]?.id,
      reasons: [{ reason: 'cell-tower fixes alone', share: 1 }],
    })
    expect(renderMarkdown(summary)).toContain('100 %: cell-tower fixes alone')
  })

  it('marks the operating point in each plot of a setting', () => {
    expect(renderPage(summary, result).match(/class="dot confirmed chosen"/g)).toHaveLength(3)
  })

  it('is the same twice', () => {
    expect(renderPage(summarise(result), result)).toBe(renderPage(summary, result))
  })
})
