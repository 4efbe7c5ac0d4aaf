import { describe, expect, it } from 'vitest'
import { EMPTY_TALLY, type Tally } from '../score/tally.ts'
import { RATES } from '../way/measure-way.ts'
import { judgeGoals } from './goals.ts'
import type { TrialResult } from './run-trial.ts'

const found = (entries: number, hits: number) => ({ entries, found: hits, confirmed: hits })
const tally = (hits: number, given: Partial<Tally>): Tally => ({
  ...EMPTY_TALLY,
  days: 100,
  groups: { ...EMPTY_TALLY.groups, all: found(1_000, hits), 'deep-measured': found(1_000, hits) },
  ...given,
})

function resultOf(cordon: Tally, naive: Tally): TrialResult {
  const all = { cordon, naive, 'fifth-point': naive }
  return { seeds: 1, all, byRate: RATES.map(rate => ({ rate, tallies: all })), byVariant: [], scenarios: [], curve: [] }
}

const good = tally(995, { falseConfirmed: 5, episodes: 1_000, episodeIncidents: 1_050 })
const naive = tally(990, { falseConfirmed: 50 })
const missedBy = (cordon: Tally, other = naive) =>
  judgeGoals(resultOf(cordon, other)).filter(({ isMet }) => !isMet).length

describe('judgeGoals', () => {
  it('is met at the limits', () => {
    expect(missedBy(good)).toBe(0)
  })

  it('is missed at either rate', () => {
    expect(
      missedBy(
        tally(989, { falseConfirmed: 5, episodes: 1_000, episodeIncidents: 1_000 }),
        tally(980, { falseConfirmed: 50 }),
      ),
    ).toBe(2)
  })

  it.each([
    ['too many false confirmed', { ...good, falseConfirmed: 6 }, tally(990, { falseConfirmed: 100 })],
    ['not ten times fewer', good, tally(990, { falseConfirmed: 49 })],
    ['found less than point in polygon', good, tally(996, { falseConfirmed: 50 })],
    ['too many incidents of an episode', { ...good, episodeIncidents: 1_051 }, naive],
  ])('is missed when there are %s', (_, cordon, other) => {
    expect(missedBy(cordon, other)).toBe(1)
  })

  it('is missed by an engine that raises nothing and finds nothing', () => {
    expect(missedBy(tally(0, {}))).toBeGreaterThanOrEqual(3)
  })
})
