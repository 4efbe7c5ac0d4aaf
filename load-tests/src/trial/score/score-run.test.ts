import { describe, expect, it } from 'vitest'
import type { Told } from '../detectors/detector.ts'
import { rectangle } from '../ground/shape.ts'
import { condition, hours, scenario } from '../scenario.ts'
import type { Stretch } from '../truth/find-truth.ts'
import { wayFrom } from '../way/way.ts'
import { scoreRun } from './score-run.ts'
import type { Sight } from './sight.ts'

const made = scenario({
  id: 'a-test',
  title: '',
  theme: '',
  way: wayFrom(0, 0).stays(hours(24), 'open').done(),
  conditions: [condition('exclusion', rectangle(0, 0, 1, 1))],
})
const at = (minutes: number) => made.startsAt + minutes * 60_000
const stretch = (from: number, to: number): Stretch => ({ from: at(from), to: at(to), greatestDepthM: 50 })
const clear: Sight = { fixes: 10, dotsPast: 10, isCellOnly: false, circleM: 10, isDeep: true }

function told(from: number, to: number | null, given: Partial<Told> = {}): Told {
  return {
    conditionId: '1',
    kind: 'exclusion-breach',
    certainty: 'confirmed',
    from: at(from),
    to: to === null ? null : at(to),
    toldAt: at(from),
    confirmedAt: at(from + 1),
    isDisproved: false,
    ...given,
  }
}

function score(incidents: readonly Told[], entries: readonly Stretch[], { sight = clear, episodes = entries } = {}) {
  const truth = { conditionId: '1', past: entries, entries, episodes, near: entries }
  return scoreRun({ told: incidents, nearMisses: 2 }, [{ truth, sights: entries.map(() => sight) }], made, 60)
}

describe('scoreRun', () => {
  it('finds an entry by an incident that overlaps it, with its delay', () => {
    const tally = score([told(101, 109)], [stretch(100, 110)])
    expect(tally.groups.all).toEqual({ entries: 1, found: 1, confirmed: 1 })
    expect(tally).toMatchObject({
      delaysS: [60],
      confirmDelaysS: [120],
      falseConfirmed: 0,
      falsePossible: 0,
      days: 1,
      nearMisses: 2,
    })
  })

  it('gives an interval between fixes and half a minute to either side, and no more', () => {
    expect(score([told(111.4, 112)], [stretch(100, 110)]).groups.all.found).toBe(1)
    expect(score([told(111.6, 113)], [stretch(100, 110)])).toMatchObject({
      falseConfirmed: 1,
      groups: { all: { found: 0 } },
    })
  })

  it('does not ask for entries of less than a minute, and does not call them false', () => {
    expect(score([told(100, 101)], [stretch(100, 100.9)])).toMatchObject({
      falseConfirmed: 0,
      groups: { all: { entries: 0 } },
    })
  })

  it('counts what is false as the worst that it was told as', () => {
    const tally = score(
      [
        told(10, 12),
        told(20, 22, { confirmedAt: null }),
        told(30, 32, { kind: 'possible-transit', confirmedAt: null }),
        told(40, 42, { kind: 'buffer-entry', confirmedAt: null }),
        told(50, 52, { isDisproved: true }),
      ],
      [],
    )
    expect(tally).toMatchObject({ falseConfirmed: 2, falsePossible: 1, falseTransits: 1, falseBuffers: 1 })
  })

  it('counts an incident as false that was told long before it became true', () => {
    const early = told(80, 110, { toldAt: at(80), confirmedAt: at(101), certainty: 'confirmed' })
    expect(score([early], [stretch(100, 110)])).toMatchObject({
      falsePossible: 1,
      falseConfirmed: 0,
      groups: { all: { found: 1 } },
    })
    expect(score([{ ...early, confirmedAt: at(81) }], [stretch(100, 110)])).toMatchObject({ falseConfirmed: 1 })
  })

  it('does not take an entry as found that was told and taken back', () => {
    expect(score([told(101, 109, { isDisproved: true })], [stretch(100, 110)]).groups.all.found).toBe(0)
  })

  it('does not take a pre-alert for the entry, nor what is told of another condition', () => {
    expect(score([told(101, 109, { kind: 'buffer-entry' })], [stretch(100, 110)]).groups.all.found).toBe(0)
    expect(score([told(101, 109, { conditionId: '2' })], [stretch(100, 110)]).groups.all.found).toBe(0)
  })

  it('counts the incidents of each true episode', () => {
    const entries = [stretch(100, 104), stretch(108, 112)]
    const tally = score([told(100, 103), told(108, 111)], entries, { episodes: [stretch(100, 112)] })
    expect(tally).toMatchObject({ episodes: 1, episodeIncidents: 2, groups: { all: { found: 2 } } })
  })

  it('says why an entry was missed', () => {
    const missed = (sight: Partial<Sight>) => score([], [stretch(100, 110)], { sight: { ...clear, ...sight } }).misses
    expect(missed({ fixes: 0, dotsPast: 0 })['no fix was measured during it']).toBe(1)
    expect(missed({ isCellOnly: true })['cell-tower fixes alone']).toBe(1)
    expect(missed({ dotsPast: 0 })['no measured point inside']).toBe(1)
    expect(missed({ dotsPast: 1 })['a single point inside']).toBe(1)
    expect(missed({ isDeep: false })['shallower than the circle']).toBe(1)
    expect(missed({})['points inside, deeper than the circle']).toBe(1)
  })

  it('counts no delay where the messages were held back', () => {
    const held = { ...made, delivery: { order: 'newest-first' as const, gaps: [] } }
    const entries = [stretch(100, 110)]
    const truth = { conditionId: '1', past: entries, entries, episodes: entries, near: entries }
    const tally = scoreRun({ told: [told(101, 109)], nearMisses: 0 }, [{ truth, sights: [clear] }], held, 60)
    expect(tally).toMatchObject({ delaysS: [], groups: { all: { found: 1 } } })
  })

  it('puts an entry in each group that it belongs to', () => {
    const { groups } = score([], [stretch(100, 110)], { sight: { ...clear, isDeep: false, dotsPast: 0 } })
    expect(
      Object.entries(groups)
        .filter(([, { entries }]) => entries === 1)
        .map(([name]) => name),
    ).toEqual(['all', 'measured'])
  })
})
