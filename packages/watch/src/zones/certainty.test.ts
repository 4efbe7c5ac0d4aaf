import type { FixSource } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  aFix,
  incidentsIn,
  MINUTE,
  SECOND,
  told,
  Watcher,
  walk,
  zoneOf,
} from '../testing/timeline.fixture.ts'

const BREACH = 'exclusion-breach'
const everySecond = (n: number, east: number, given = {}) =>
  Array.from({ length: n }, (_, i) => aFix({ at: i * SECOND, east, ...given }))

describe('how certain an incident is', () => {
  it('30 fixes of a still tag at the same wrong place within 30 s are one proof, not 30', () => {
    const watcher = new Watcher()
    expect(told(watcher.see(...everySecond(30, 150)))).toEqual([`raised ${BREACH} possible`])
    // after the time that errors take to become others it is another proof
    expect(told(watcher.see(aFix({ at: 3 * MINUTE, east: 150 })))).toEqual([`changed ${BREACH} confirmed`])
  })

  it('one that walks in is confirmed by the next fix or two', () => {
    const watcher = new Watcher()
    const said = watcher.see(...walk([400, 150, 60], { speedMps: 1.5 }))
    expect(told(said)).toEqual([`raised ${BREACH} possible`, `changed ${BREACH} confirmed`])
  })

  it('cell-tower fixes alone never confirm, however many and however deep', () => {
    const watcher = new Watcher(aContext(aCondition({ zone: zoneOf(4_000) })))
    const fixes = walk(Array(120).fill(0), { source: 'cell', accuracyM: 500 })
    expect(told(watcher.see(...fixes))).toEqual([`raised ${BREACH} possible`])
    expect(incidentsIn(watcher.see(aFix({ at: 121 * MINUTE }), aFix({ at: 125 * MINUTE }))).at(-1)).toMatchObject({
      certainty: 'confirmed',
    })
  })

  it('a cell-tower fix needs more to be even possible', () => {
    const at = (source: FixSource) => new Watcher().see(aFix({ at: 0, east: 180, accuracyM: 40, source }))
    expect(told(at('gnss'))).toEqual([`raised ${BREACH} possible`])
    expect(told(at('cell'))).toEqual([])
  })

  it('a fix that states no accuracy is judged with the assumed circle, and says so', () => {
    const said = incidentsIn(new Watcher().see(aFix({ at: 0, east: 100, accuracyM: null })))[0]
    expect(said?.reason).toMatchObject({ accuracyM: 100, accuracyAssumed: true })
    expect(said?.reason.text).toContain('circle 100 m (assumed)')
  })

  it('a fix with a circle wider than the worst says nothing of a zone', () => {
    const watcher = new Watcher()
    watcher.see(...walk([100, 100, 100, 100]))
    const before = watcher.state.timeline
    expect(watcher.see(...walk([9_000, 9_000, 9_000], { at: 4 * MINUTE, accuracyM: 5_000 }))).toEqual([])
    expect(watcher.state.timeline.last).toEqual(before.last)
  })

  it('of a buffer it says nothing of the breach that it grows into: that has to be proved again', () => {
    const watcher = new Watcher(aContext(aCondition({ bufferM: 100 })))
    watcher.see(...walk([250, 250, 250, 250, 250]))
    const said = watcher.see(...everySecond(3, 150, { at: 5 * MINUTE }))
    expect(told(said)).toEqual([`changed ${BREACH} possible`])
  })
})
