import { describe, expect, it } from 'vitest'
import { judge, judgeAll, wrapFix } from './judge.ts'
import { emptyState, judgedThrough } from './state.ts'
import {
  aCondition,
  aContext,
  aFix,
  HOUR,
  hoursOf,
  incidentsIn,
  MINUTE,
  START,
  told,
  Watcher,
  walk,
} from './testing/timeline.fixture.ts'

const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })
const sizeOf = (state: unknown): number => JSON.stringify(state).length

describe('the state', () => {
  it('is plain JSON, and goes on from it as if nothing had happened', () => {
    const watcher = new Watcher(aContext(curfew, aCondition({ conditionId: '8' as never })))
    for (const fix of walk([900, 150, 120, 900, 0, 150, 900, 900, 900], { at: HOUR - 3 * MINUTE })) {
      watcher.see(fix)
      watcher.tick(fix.measuredAt - START)
      expect(JSON.parse(JSON.stringify(watcher.state))).toEqual(watcher.state)
    }
    expect(judgedThrough(watcher.state)).toBe(START + HOUR + 5 * MINUTE)
    expect(judgedThrough(emptyState())).toBeNull()
  })

  it('stays small through 60 nights of ticks without a fix, and the clock raises by a fix of three days at most', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(aFix({ at: 0, east: 900 }))
    const said = []
    for (let at = 0; at < 60 * 24 * HOUR; at += 5 * MINUTE) said.push(...watcher.tick(at, false))
    expect(told(said).filter(one => one.startsWith('raised'))).toHaveLength(3)
    expect(watcher.state.told.length).toBeLessThanOrEqual(3)
    expect(sizeOf(watcher.state)).toBeLessThan(6_000)
    // a fix shows that it was so, or was not: nothing is left to be told
    watcher.see(aFix({ at: 60 * 24 * HOUR, east: 0 }))
    watcher.tick(60 * 24 * HOUR + MINUTE)
    expect(watcher.state.told.filter(({ subject }) => subject !== 'silence')).toEqual([])
  })

  it('hears of a silence once, and of its end once, also where a repeat is the first that is heard', () => {
    const watcher = new Watcher()
    const fix = aFix({ at: 0, east: 900 })
    watcher.see(fix)
    const said = []
    for (let at = 0; at < 30 * MINUTE; at += MINUTE) said.push(...watcher.tick(at))
    expect(told(said)).toEqual(['raised silence confirmed'])
    expect(told(watcher.see(aFix({ at: 31 * MINUTE, east: 900 })))).toEqual(['ended silence confirmed restored'])
    expect([31, 32, 33].flatMap(minute => watcher.tick(minute * MINUTE))).toEqual([])
    expect(watcher.state.told).toEqual([])
    watcher.state = { ...watcher.state, silence: emptyState().silence }
    watcher.see(aFix({ at: 31 * MINUTE, east: 900 }))
    expect(watcher.state.silence.heardAt).toBe(aFix({ at: 31 * MINUTE }).receivedAt)
  })

  it('is not touched by a tick or a fix that is no number', () => {
    const state = emptyState()
    expect(judge(state, { type: 'tick', at: Number.NaN, listening: true }, aContext())).toEqual({
      state,
      judgements: [],
    })
    const { judgements } = judgeAll(state, [wrapFix(aFix({ at: Number.NaN }))], aContext())
    expect(judgements).toEqual([])
  })
})

describe('a backlog that comes in order after the clock has ended an absence', () => {
  it('says nothing with every fix, and at the next tick how long it was', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(aFix({ at: 55 * MINUTE, east: 900 }))
    for (let at = HOUR; at <= 10 * HOUR; at += MINUTE) watcher.tick(at, false)
    const backlog = walk(Array(100).fill(900), { at: 2 * HOUR, receivedAt: START + 11 * HOUR })
    const said = backlog.flatMap(fix => watcher.see(fix))
    expect(told(said)).toEqual(['changed inclusion-absence confirmed lapsed'])
    expect(incidentsIn(watcher.tick(11 * HOUR))).toMatchObject([
      { change: 'changed', conclusion: 'lapsed', reason: { fixesCounted: 101 } },
    ])
    expect(watcher.tick(11 * HOUR + MINUTE)).toEqual([])
    expect(told(watcher.see(aFix({ at: 10 * HOUR + MINUTE, east: 900 })))).toEqual([])
  })

  it('says that it goes on after all when that is so', () => {
    const pass = { from: START + 3 * HOUR, to: START + 4 * HOUR, corridor: null }
    const watcher = new Watcher(aContext({ ...curfew, passes: [pass] }))
    watcher.see(aFix({ at: 2 * HOUR, east: 900 }))
    expect(told(watcher.tick(3 * HOUR))).toEqual(['ended inclusion-absence possible lapsed'])
    watcher.context = aContext(curfew)
    // the pass was withdrawn: nothing of it holds any more
    expect(told(watcher.see(aFix({ at: 2.5 * HOUR, east: 900 })))).toEqual(['changed inclusion-absence confirmed'])
  })
})
