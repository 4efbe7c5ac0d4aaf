import { LIMITS } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { judge, judgeAll } from './judge.ts'
import { emptyState, judgedThrough, RECENT_FIXES } from './state.ts'
import { aCondition, aContext, aFix, MINUTE, SECOND, START, told, Watcher, walk } from './timeline.fixture.ts'

const aside = (reason: string, at: number, seq = 0) => ({
  type: 'set-aside',
  activationId: '5',
  measuredAt: START + at,
  seq,
  reason,
})

describe('which fixes are judged', () => {
  it('sets aside a fix further in the future than the limit, and not one at it', () => {
    const watcher = new Watcher(aContext())
    const at = (aheadMs: number) => aFix({ at: MINUTE, receivedAt: START + MINUTE - aheadMs })
    expect(watcher.see(at(LIMITS.futureMs + 1))).toEqual([aside('future', MINUTE)])
    expect(watcher.state).toEqual(emptyState())
    expect(told(watcher.see(at(LIMITS.futureMs)))).toHaveLength(1)
  })

  it('sets aside what was measured before the tag was fitted and from the moment it was taken off', () => {
    const context = aContext()
    const watcher = new Watcher({
      ...context,
      activation: { ...context.activation, from: START, to: START + MINUTE },
    })
    expect(watcher.see(aFix({ at: -1 }))).toEqual([aside('before-activation', -1)])
    expect(watcher.see(aFix({ at: MINUTE }))).toEqual([aside('after-activation', MINUTE)])
    expect(watcher.state).toEqual(emptyState())
    expect(told(watcher.see(aFix({ at: 0 }), aFix({ at: MINUTE - 1 })))).toEqual([
      'raised exclusion-breach possible serious',
      'changed exclusion-breach confirmed critical',
    ])
  })

  it('sets aside a fix older than the last judged one', () => {
    const watcher = new Watcher(aContext())
    watcher.see(aFix({ at: MINUTE, east: 900, seq: 5 }))
    const before = watcher.state
    expect(watcher.see(aFix({ at: 0, seq: 4 }))).toEqual([aside('older-than-judged', 0, 4)])
    expect(watcher.see(aFix({ at: MINUTE, seq: 4 }))).toEqual([aside('older-than-judged', MINUTE, 4)])
    expect(watcher.state).toBe(before)
  })

  it('takes two fixes of one time apart by their number', () => {
    const watcher = new Watcher(aContext())
    expect(told(watcher.see(aFix({ at: 0, east: 900, seq: 1 }), aFix({ at: 0, seq: 2 })))).toHaveLength(1)
    expect(judgedThrough(watcher.state)).toBe(START)
  })

  it('knows a repeat among the last fixes and sets an older one aside, both without a change', () => {
    const fixes = walk(Array(RECENT_FIXES + 1).fill(0))
    const watcher = new Watcher(aContext())
    watcher.see(...fixes)
    const before = watcher.state
    expect(watcher.see(...fixes.slice(1))).toEqual([])
    expect(watcher.see(...fixes.slice(0, 1))).toEqual([aside('older-than-judged', 0)])
    expect(watcher.state).toBe(before)
  })

  it('judges a batch in the order of measurement, whatever order it came in', () => {
    const fixes = walk([900, 150, 100, 50, 900, 900])
    const sorted = judgeAll(emptyState(), fixes, aContext())
    const [first, ...others] = fixes
    expect(judgeAll(emptyState(), [...others.reverse(), ...(first ? [first] : [])], aContext())).toEqual(sorted)
    expect(told(sorted.judgements)).toHaveLength(3)
  })

  it('judges fixes of one time in a batch in the order of their numbers', () => {
    const fixes = [3, 1, 2].map(seq => aFix({ at: 0, seq }))
    const { state, judgements } = judgeAll(emptyState(), fixes, aContext())
    expect(state.recent.map(([, seq]) => seq)).toEqual([1, 2, 3])
    expect(told(judgements)).toHaveLength(1)
  })

  it('has judged nothing through any time before the first fix', () => {
    expect(judgedThrough(emptyState())).toBeNull()
  })

  it('takes no harm from numbers that no decoder lets through', () => {
    const state = emptyState()
    const numbers = [Number.NaN, Infinity, -Infinity]
    for (const field of ['measuredAt', 'receivedAt', 'seq', 'lon', 'lat'] as const) {
      for (const number of numbers) {
        const fix = aFix({ at: 0, [field]: number })
        expect(judge(state, { type: 'fix', fix }, aContext())).toEqual({ state, judgements: [] })
        expect(judgeAll(state, [fix, aFix({ at: 0 })], aContext()).judgements).toHaveLength(1)
      }
    }
    for (const at of numbers) expect(judge(state, { type: 'tick', at }, aContext())).toEqual({ state, judgements: [] })
  })

  it.each([null, 0, -3, Number.NaN, Infinity])('assumes the circle of the source when the tag says %s', accuracyM => {
    const [raised] = new Watcher(aContext()).see(aFix({ at: 0, accuracyM }))
    expect(raised).toMatchObject({ reason: { accuracyM: 100, accuracyAssumed: true } })
    expect(raised).toMatchObject({ reason: { text: expect.stringContaining('circle 100 m (assumed)') } })
  })

  it.each([
    ['gnss', 100],
    ['wifi', 150],
    ['beacon', 50],
    ['cell', 1_600],
  ] as const)('assumes for %s a circle of %d m', (source, accuracyM) => {
    const context = aContext(aCondition({ bufferM: 10_000 }))
    const [raised] = new Watcher(context).see(aFix({ at: 0, source, accuracyM: null }))
    expect(raised).toMatchObject({ type: 'incident', reason: { accuracyM, accuracyAssumed: true } })
  })

  it('believes no circle below 5 m', () => {
    const [raised] = new Watcher(aContext()).see(aFix({ at: 0, accuracyM: 0.01 }))
    expect(raised).toMatchObject({ reason: { accuracyM: 5, accuracyAssumed: false } })
  })

  it('gives a fix with a circle of more than 5 km its place in the order and nothing more', () => {
    const watcher = new Watcher(aContext())
    expect(watcher.see(aFix({ at: 0, accuracyM: 5_001 }))).toEqual([])
    expect(watcher.state).toEqual({ version: 1, recent: [[START, 0]], stretches: [] })
    expect(watcher.see(aFix({ at: SECOND, east: 900, accuracyM: 5_000 }))).toEqual([])
    expect(watcher.state.stretches).toHaveLength(1)
  })
})
