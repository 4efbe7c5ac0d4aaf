import { createFakeClock } from '@cordon/testkit'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../system/finding.ts'
import { createFaultTracker } from './track-faults.ts'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 22, 6)
const silent: Finding = { part: 'ingest-1', feed: 'ingest', state: 'late', severity: 'serious', detail: 'is behind' }

function aTracker() {
  const clock = createFakeClock(START)
  let elapsedMs = 0
  const tracker = createFaultTracker({ clock, elapsed: () => elapsedMs, lastingMs: MINUTE })
  return {
    tracker,
    clock,
    /** Found every second for so long. */
    found: (findings: readonly Finding[], forMs: number) => {
      for (let left = forMs; left > 0; left -= 1_000) {
        tracker.note(findings)
        elapsedMs += 1_000
        clock.advance(1_000)
      }
      tracker.note(findings)
    },
  }
}

describe('a fault of the system', () => {
  it('is nobody’s business before it has lasted a minute, and then from its true beginning', () => {
    const { tracker, found } = aTracker()
    found([{ ...silent, beforeMs: 5_000 }], 54_000)
    expect(tracker.due()).toEqual([])
    found([silent], 1_000)
    expect(tracker.due()).toMatchObject([{ part: 'ingest-1', since: START - 5_000, until: null, severity: 'serious' }])
  })

  it('is told at its worst, and goes on through a calm of seconds', () => {
    const { tracker, found } = aTracker()
    found([silent], 40_000)
    found([], 9_000)
    found([{ ...silent, severity: 'critical', detail: 'is silent' }], 20_000)
    found([silent], 1_000)
    expect(tracker.due()).toMatchObject([{ severity: 'critical', text: 'is silent', since: START, until: null }])
  })

  it('is over when it was last seen, and is kept until that is on record', () => {
    const { tracker, found } = aTracker()
    found([silent], 2 * MINUTE)
    found([], 30_000)
    const [fault] = tracker.due()
    expect(fault).toMatchObject({ since: START, until: START + 2 * MINUTE })
    found([silent], 2 * MINUTE)
    expect(tracker.due()).toHaveLength(2)
    if (fault !== undefined) tracker.recorded(fault)
    expect(tracker.due()).toMatchObject([{ until: null }])
  })

  it('that is the consequence of another, or was short, is none', () => {
    const { tracker, found } = aTracker()
    found([{ ...silent, isConsequence: true }], 5 * MINUTE)
    found([silent], 50_000)
    found([], MINUTE)
    expect(tracker.due()).toEqual([])
  })

  it('lasts as long by a clock that is set meanwhile', () => {
    const { tracker, found, clock } = aTracker()
    found([silent], 10_000)
    clock.advance(3_600_000)
    found([silent], 10_000)
    expect(tracker.due()).toEqual([])
  })

  it('from before a restart ends if it is not found again', () => {
    const { tracker, found } = aTracker()
    tracker.resume('ingest-1', START - 9 * MINUTE)
    found([], 20_000)
    expect(tracker.due()).toMatchObject([{ part: 'ingest-1', since: START - 9 * MINUTE, until: START }])
    tracker.resume('broker', START)
    found([{ ...silent, part: 'broker' }], 1_000)
    expect(tracker.due()).toMatchObject([{}, { part: 'broker', since: START, until: null }])
  })
})
