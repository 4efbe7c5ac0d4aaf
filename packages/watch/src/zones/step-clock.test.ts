import { describe, expect, it } from 'vitest'
import { wrapFix } from '../judge.ts'
import { Recorder } from '../testing/record.fixture.ts'
import {
  aCondition,
  aContext,
  aFix,
  HOUR,
  hoursOf,
  incidentsIn,
  MINUTE,
  SECOND,
  START,
  told,
  Watcher,
  walk,
  zoneOf,
} from '../testing/timeline.fixture.ts'

const ABSENCE = 'inclusion-absence'
const BREACH = 'exclusion-breach'
const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })

describe('the clock', () => {
  it('tells nothing twice, though it ticks every second for an hour', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(aFix({ at: 50 * MINUTE, east: 900 }))
    const said = []
    for (let at = 51 * MINUTE; at < 111 * MINUTE; at += SECOND) said.push(...watcher.tick(at))
    expect(told(said).filter(one => !one.includes('silence'))).toEqual([`raised ${ABSENCE} possible`])
  })

  it('begins nothing of a wearer who was last seen on the right side, or never', () => {
    const atHome = new Watcher(aContext(curfew))
    atHome.see(aFix({ at: 50 * MINUTE, east: 0 }))
    expect(told(atHome.tick(70 * MINUTE))).not.toContain(`raised ${ABSENCE} possible`)
    expect(told(new Watcher(aContext(curfew)).tick(70 * MINUTE))).not.toContain(`raised ${ABSENCE} possible`)
  })

  it('begins nothing of what does not hold any more when its grace is over', () => {
    const short = new Watcher(aContext({ ...curfew, hours: hoursOf('11:00', '11:04') }))
    short.see(aFix({ at: 55 * MINUTE, east: 900 }))
    expect(told(short.tick(70 * MINUTE))).toEqual([])
  })

  it('raises a breach of a zone that comes into force round a wearer of whom nothing more comes', () => {
    const watcher = new Watcher(aContext(aCondition({ hours: hoursOf('11:00', '12:00') })))
    watcher.see(aFix({ at: 55 * MINUTE, east: 100 }))
    expect(told(watcher.tick(HOUR + 2 * MINUTE))).toEqual([`raised ${BREACH} possible`])
    expect(told(watcher.tick(2 * HOUR)).filter(one => one.includes(BREACH))).toEqual([
      `ended ${BREACH} possible lapsed`,
    ])
  })

  it('what it raised on what it knew is confirmed at once where the fixes before it were proof enough', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(...walk([900, 900, 900, 900], { at: HOUR + MINUTE }))
    expect(told(watcher.tick(HOUR + 5 * MINUTE))).toEqual([`raised ${ABSENCE} confirmed`])
  })

  it('is contradicted by a fix from before: what it raised, and what it raised and ended, is disproved', () => {
    const raised = new Watcher(aContext(curfew))
    raised.see(aFix({ at: 50 * MINUTE, east: 900 }))
    raised.tick(HOUR + 5 * MINUTE)
    const taken = raised.see(aFix({ at: HOUR + 3 * MINUTE, east: 0 }))
    expect(told(taken)).toEqual([`disproved ${ABSENCE} possible disproved`])
    expect(incidentsIn(taken)[0]?.reason.text).toMatch(/^Not so, as fixes show that came later. It had said: It came/)
    const over = new Watcher(aContext(curfew))
    over.see(aFix({ at: 50 * MINUTE, east: 900 }))
    over.tick(11 * HOUR)
    // the timeline has not come to the end that the clock told, and need never come there
    const late = over.see(aFix({ at: HOUR + 3 * MINUTE, east: 0 }))
    expect(told(late)).toContain(`disproved ${ABSENCE} possible disproved`)
    expect(told(over.tick(12 * HOUR))).toEqual([])
  })

  it('what it told is told no more when the timeline comes to it by itself', () => {
    const watcher = new Watcher(aContext(curfew))
    watcher.see(aFix({ at: 50 * MINUTE, east: 900 }))
    watcher.tick(11 * HOUR)
    const said = watcher.see(aFix({ at: 11 * HOUR, east: 900 }))
    expect(told(said).filter(one => one.includes(ABSENCE))).toEqual([])
    expect(watcher.state.told).toEqual([])
  })

  it('does not begin an episode over one that fixes began and ended since', () => {
    const exclusion = aCondition({ from: START + MINUTE })
    const recorder = new Recorder(aContext(exclusion))
    const fixes = [
      aFix({ at: 10 * SECOND, east: 900 }),
      aFix({ at: 70 * SECOND, east: 100 }),
      aFix({ at: 75 * SECOND, east: 212, accuracyM: 20 }),
      aFix({ at: 110 * SECOND, east: 213, accuracyM: 20 }),
      // inside by itself, but not after the two before it
      aFix({ at: 115 * SECOND, east: 169, accuracyM: 60, source: 'wifi' }),
    ]
    recorder.take(fixes.map(wrapFix))
    const before = recorder.all.length
    recorder.tick(START + 4 * MINUTE)
    expect(told(recorder.all.slice(before))).toEqual([])
    expect(recorder.rewind(START).filter(({ type }) => type === 'incident')).toEqual([])
    const zoneIncidents = [...recorder.said.values()].filter(one => one.type === 'incident' && one.conditionId !== null)
    expect(zoneIncidents).toHaveLength(1)
  })
})

describe('a change of the register', () => {
  it('that ends a condition before what is judged already lapses what it knew', () => {
    const watcher = new Watcher()
    watcher.see(...walk([100, 100, 100, 100]))
    watcher.context = aContext(aCondition({ to: START + MINUTE }))
    expect(told(watcher.tick(4 * MINUTE))).toEqual([`ended ${BREACH} confirmed lapsed`])
  })

  it('that takes a condition away takes back what was said of it, also within one moment', () => {
    const watcher = new Watcher()
    watcher.see(...walk([100, 100, 100, 100]))
    watcher.context = aContext(aCondition({ conditionId: '8' as never, zone: zoneOf(50, 0, 20_000) }))
    const said = watcher.see(aFix({ at: 3 * MINUTE, seq: 1, east: 101 }))
    expect(told(said)).toEqual([])
    expect(told(watcher.see(aFix({ at: 4 * MINUTE, east: 900 })))).toEqual([`disproved ${BREACH} confirmed disproved`])
  })
})
