import { describe, expect, it } from 'vitest'
import { longestGraceMs } from '../context/watch-context.ts'
import { wrapEvent, wrapFix } from '../judge.ts'
import { aFix, anEvent, MINUTE, Watcher, walk } from '../testing/timeline.fixture.ts'
import { keyOf } from './observation.ts'
import { emptyTimeline, placeOf } from './timeline.ts'

const placeIn = (watcher: Watcher) => (observation: ReturnType<typeof wrapFix>) =>
  placeOf(keyOf(observation), watcher.state.timeline)

describe('where an observation stands to a timeline', () => {
  it('is next when it is newer than all, or the first', () => {
    expect(placeOf(keyOf(wrapFix(aFix({ at: 0 }))), emptyTimeline)).toBe('next')
    const watcher = new Watcher()
    watcher.see(aFix({ at: 0 }))
    expect(placeIn(watcher)(wrapFix(aFix({ at: 1 })))).toBe('next')
    expect(placeIn(watcher)(wrapFix(aFix({ at: 0, seq: 1 })))).toBe('next')
  })

  it('is a repeat when it is one of the last fixes or events', () => {
    const watcher = new Watcher()
    watcher.see(...walk(Array(20).fill(900)))
    watcher.observe(wrapEvent(anEvent(20 * MINUTE, 'case-open')))
    const placeOfFix = (minute: number) => placeIn(watcher)(wrapFix(aFix({ at: minute * MINUTE })))
    expect([4, 19].map(placeOfFix)).toEqual(['repeat', 'repeat'])
    expect(placeIn(watcher)(wrapEvent(anEvent(20 * MINUTE, 'case-open')))).toBe('repeat')
    // further back nothing is remembered: it is judged again with what is stored, and nothing comes of it
    expect([0, 3].map(placeOfFix)).toEqual(['late', 'late'])
  })

  it('is late when it is older, or of the same moment and before what is judged', () => {
    const watcher = new Watcher()
    watcher.see(aFix({ at: MINUTE, seq: 5 }))
    expect(placeIn(watcher)(wrapFix(aFix({ at: 0 })))).toBe('late')
    expect(placeIn(watcher)(wrapFix(aFix({ at: MINUTE, seq: 4 })))).toBe('late')
    expect(placeIn(watcher)(wrapEvent(anEvent(MINUTE, 'strap-cut')))).toBe('late')
    watcher.see(aFix({ at: 0 }), aFix({ at: 30_000 }))
    // the oldest, and before it as long as the clock may have waited with what it told of that moment
    expect(watcher.state.rewindFrom).toBe(aFix({ at: 0 }).measuredAt - longestGraceMs(watcher.context))
  })

  it('an event of the very moment of the newest event is next if it comes after it', () => {
    const watcher = new Watcher()
    watcher.observe(wrapEvent(anEvent(0, 'case-open')))
    expect(placeIn(watcher)(wrapFix(aFix({ at: 0 })))).toBe('next')
    expect(placeIn(watcher)(wrapEvent(anEvent(0, 'case-open', { seq: 1 })))).toBe('next')
  })
})
