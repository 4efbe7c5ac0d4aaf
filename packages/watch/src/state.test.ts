import { asId, type ConditionId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { normalCdf } from './normal-distribution.ts'
import { defaultPolicy } from './policy.ts'
import { rounded } from './reading.ts'
import { emptyState, RECENT_FIXES } from './state.ts'
import { aCondition, aContext, MINUTE, Watcher, walk, zoneOf } from './timeline.fixture.ts'

/** Ten zones in a row, 3 km apart, named with ids as long as a database gives them. */
const TEN = Array.from({ length: 10 }, (_, i) =>
  aCondition({ conditionId: asId<ConditionId>(`10000${i}`), zone: zoneOf(200, 100, i * 3_000), bufferM: 100 }),
)

describe('the state', () => {
  it('remembers of a fix far from every zone nothing but its identity', () => {
    const watcher = new Watcher(aContext(...TEN))
    watcher.see(...walk([-9_000, -9_100]))
    expect(watcher.state.stretches).toEqual([])
    expect(watcher.state.recent).toHaveLength(2)
  })

  it('stays below 2 kB for a wearer with 10 zones who is in one, has just left another and is near a third', () => {
    const stacked = [zoneOf(200), zoneOf(200, 0, 350), zoneOf(180, 0, 420)].map((zone, i) =>
      aCondition({ conditionId: asId<ConditionId>(`10000${i}`), zone }),
    )
    const watcher = new Watcher(aContext(...stacked, ...TEN.slice(3)))
    const seqs = walk([-100, -100, 180, 180, ...Array(20).fill(232), 232], { accuracyM: 20 }).map((fix, i) => ({
      ...fix,
      seq: 1_000_000 + i,
    }))
    const said = watcher.see(...seqs.slice(0, 7))
    expect(said.length).toBeGreaterThan(2)
    expect(watcher.state.stretches.map(({ phase }) => phase).sort()).toEqual(['episode', 'episode', 'near'])
    watcher.see(...seqs.slice(7))
    expect(JSON.stringify(watcher.state).length).toBeLessThan(2_000)
  })

  it('names no more than the recent fixes however long an episode lasts', () => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk(Array(40).fill(0)))
    expect(watcher.state.stretches).toMatchObject([{ fixesCounted: 40, restsOn: 2 ** RECENT_FIXES - 1 }])
  })

  it('is the very same object when a tick or a repeat changes nothing', () => {
    const watcher = new Watcher(aContext())
    expect(watcher.tick(0)).toEqual([])
    const fixes = walk([0, 0])
    watcher.see(...fixes)
    const before = watcher.state
    watcher.see(...fixes)
    watcher.tick(5 * MINUTE)
    expect(watcher.state).toBe(before)
    expect(emptyState()).not.toBe(emptyState())
  })
})

describe('a rounded number', () => {
  it('is never the negative zero, which JSON does not keep', () => {
    expect(rounded(-0.04, 10)).toBe(0)
    expect(rounded(-12.36, 10)).toBe(-12.4)
  })
})

describe('the policy', () => {
  it('has thresholds that stand in an order that makes sense', () => {
    const { sources, nearMissProbability, exitProbability, confirmedProbability, farSigmas } = defaultPolicy
    expect(normalCdf(-farSigmas)).toBeLessThan(nearMissProbability)
    expect(nearMissProbability).toBeLessThan(exitProbability)
    for (const { possibleProbability, assumedAccuracyM } of Object.values(sources)) {
      expect(exitProbability).toBeLessThan(possibleProbability)
      expect(possibleProbability).toBeLessThanOrEqual(confirmedProbability)
      expect(assumedAccuracyM).toBeLessThan(defaultPolicy.worstAccuracyM)
    }
    expect(sources.cell.confirms).toBe(false)
  })
})
