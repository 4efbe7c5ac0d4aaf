import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  aFix,
  incidentsIn,
  judgeWalk,
  MINUTE,
  START,
  told,
  Watcher,
  walk,
} from './timeline.fixture.ts'

const RAISED = 'raised exclusion-breach possible serious'
const CONFIRMED = 'changed exclusion-breach confirmed critical'
const ENDED = 'ended exclusion-breach confirmed critical'
const at = (minutes: number) => START + minutes * MINUTE
const ending = (text: string, minutes: number) => ({ change: 'ended', endedAt: at(minutes), reason: { text } })

describe('what time alone begins and ends', () => {
  it('is not raised before the condition is in force, and is raised by the first fix from then on', () => {
    const context = aContext(aCondition({ from: at(2) }))
    const [raised] = incidentsIn(judgeWalk([0, 0, 0, 0], context).judgements)
    expect(raised?.happenedAt).toBe(at(2))
  })

  it.each([
    ['the condition ended', aContext(aCondition({ to: at(2.5) }))],
    ['a pass began', aContext(aCondition({ passes: [{ from: at(2.5), to: at(60) }] }))],
  ])('ends the episode at that time when %s, on the next fix or on the next tick', (why, context) => {
    const text = `Ended by the clock, not by a fix: ${why}.`
    const byFix = new Watcher(context)
    expect(told(byFix.see(...walk([0, 0, 0])))).toEqual([RAISED, CONFIRMED])
    expect(byFix.see(aFix({ at: 3 * MINUTE }))).toMatchObject([ending(text, 2.5)])
    const byTick = new Watcher(context)
    byTick.see(...walk([0, 0, 0]))
    expect(byTick.tick(2.4 * MINUTE)).toEqual([])
    expect(byTick.tick(2.5 * MINUTE)).toMatchObject([ending(text, 2.5)])
    expect(byTick.tick(3 * MINUTE)).toEqual([])
  })

  it('ends it by what came first, should the clock have stood still over several', () => {
    const watcher = new Watcher(aContext(aCondition({ to: at(8), passes: [{ from: at(5), to: at(6) }] })))
    watcher.see(...walk([0, 0, 0]))
    expect(watcher.tick(30 * MINUTE)).toMatchObject([ending('Ended by the clock, not by a fix: a pass began.', 5)])
  })

  it('ends the episode with the activation, on a tick or on a fix that comes too late', () => {
    const open = aContext()
    const context = { ...open, activation: { ...open.activation, to: at(2.5) } }
    const text = 'Ended by the clock, not by a fix: the activation ended.'
    for (const end of ['tick', 'fix']) {
      const watcher = new Watcher(context)
      watcher.see(...walk([0, 0, 0]))
      const late = aFix({ at: 5 * MINUTE })
      const said = end === 'tick' ? watcher.tick(5 * MINUTE) : watcher.see(late).slice(0, 1)
      expect(said).toMatchObject([ending(text, 2.5)])
      expect(watcher.see(late)).toMatchObject([{ type: 'set-aside', reason: 'after-activation' }])
    }
  })

  it('ends the episode when the condition is gone altogether, at the time that is first noticed', () => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk([0, 0, 0]))
    watcher.context = { ...watcher.context, conditions: [] }
    expect(watcher.tick(4 * MINUTE)).toMatchObject([
      ending('Ended by the clock, not by a fix: the condition was removed.', 4),
    ])
    expect(watcher.see(...walk(Array(20).fill(0), { at: 5 * MINUTE }))).toEqual([])
    expect(watcher.state.stretches).toEqual([])
  })

  it('ends it no earlier than its last fix, should the clock of the service be behind that of the tag', () => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk([0, 0, 0]))
    watcher.context = { ...watcher.context, conditions: [] }
    expect(watcher.tick(MINUTE)).toMatchObject([{ change: 'ended', endedAt: at(2) }])
  })

  it('ends it at its last fix when a pass is entered afterwards for the time it was seen in', () => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk([0, 0, 0]))
    watcher.context = aContext(aCondition({ passes: [{ from: at(1.5), to: at(30) }] }))
    expect(watcher.tick(3 * MINUTE)).toMatchObject([ending('Ended by the clock, not by a fix: a pass began.', 2)])
  })

  it('goes on over the end of one version when the next is in force, also through a pass that began earlier', () => {
    const versions = [
      aCondition({ zoneVersion: 1, to: at(2.5) }),
      aCondition({ zoneVersion: 2, from: at(2.5), passes: [{ from: at(-30), to: at(-20) }] }),
    ]
    const watcher = new Watcher(aContext(...versions))
    expect(told(watcher.see(...walk([0, 0, 0, 0, 0])))).toEqual([RAISED, CONFIRMED])
    expect(watcher.tick(9 * MINUTE)).toEqual([])
  })

  it('joins the same incident when the pass was short and the wearer is still there, and not when it was long', () => {
    const short = aContext(aCondition({ passes: [{ from: at(2.5), to: at(6.5) }] }))
    expect(told(judgeWalk(Array(9).fill(0), short).judgements)).toEqual([RAISED, CONFIRMED, ENDED, CONFIRMED])
    const long = aContext(aCondition({ passes: [{ from: at(2.5), to: at(13.5) }] }))
    expect(told(judgeWalk(Array(16).fill(0), long).judgements)).toEqual([RAISED, CONFIRMED, ENDED, RAISED, CONFIRMED])
  })

  it('judges a batch from before the end that comes after the clock has ended the episode', () => {
    const context = aContext(aCondition({ to: at(10) }))
    const uploaded = walk([0, 0, 0, 900, 900, 900], { at: 2 * MINUTE })
    const inTime = new Watcher(context)
    const late = new Watcher(context)
    inTime.see(...walk([0, 0]), ...uploaded)
    late.see(...walk([0, 0]))
    expect(late.tick(11 * MINUTE)).toMatchObject([{ change: 'ended', endedAt: at(10) }])
    const [ended, ...others] = incidentsIn(late.see(...uploaded))
    expect(others).toEqual([])
    expect(ended).toMatchObject({ change: 'ended', endedAt: at(4), reason: { entries: 1, fixesCounted: 5 } })
    expect(late.state).toEqual(inTime.state)
  })

  it('tells a near miss when its condition ends, and when no fix has come for an hour', () => {
    const near = aFix({ at: 0, east: 240, accuracyM: 120 })
    const lapsed = new Watcher(aContext(aCondition({ to: at(5) })))
    lapsed.see(near)
    expect(lapsed.tick(5 * MINUTE)).toMatchObject([{ type: 'near-miss', from: START, fixesCounted: 1 }])
    expect(lapsed.state.stretches).toEqual([])
    const silent = new Watcher(aContext())
    silent.see(near)
    const before = silent.state
    expect(silent.tick(59 * MINUTE)).toEqual([])
    expect(silent.state).toBe(before)
    expect(silent.tick(60 * MINUTE)).toMatchObject([{ type: 'near-miss', from: START, fixesCounted: 1 }])
    expect(silent.tick(61 * MINUTE)).toEqual([])
  })
})
