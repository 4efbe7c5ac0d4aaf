import { describe, expect, it } from 'vitest'
import { createWatchContext } from '../context/watch-context.ts'
import {
  aCondition,
  aFix,
  aRegister,
  hoursOf,
  incidentsIn,
  MINUTE,
  START,
  Watcher,
} from '../testing/timeline.fixture.ts'

const utc = (text: string): number => Date.parse(`${text}:00Z`)
const sinceStart = (text: string): number => utc(text) - START

/** From the evening before, away all night, a fix every ten minutes and a tick every minute: when was there an absence? */
function nightAway(from: string, to: string, hours: [string, string]): { began: string; ended: string | undefined }[] {
  const activation = { ...aRegister([]).activation, from: utc(from) }
  const condition = aCondition({ kind: 'inclusion', from: utc(from), hours: hoursOf(...hours) })
  const watcher = new Watcher(createWatchContext({ ...aRegister([condition]), activation }))
  const incidents = new Map<string, { began: string; ended: string | undefined }>()
  for (let at = sinceStart(from); at <= sinceStart(to); at += MINUTE) {
    const seen = at % (10 * MINUTE) === 0 ? watcher.see(aFix({ at, east: 3_000 })) : []
    for (const { episodeId, happenedAt, endedAt } of incidentsIn([...seen, ...watcher.tick(at)])) {
      const ended = endedAt === null ? undefined : new Date(endedAt).toISOString().slice(5, 16)
      incidents.set(episodeId, { began: new Date(happenedAt).toISOString().slice(5, 16), ended })
    }
  }
  return [...incidents.values()]
}

describe('hours through the whole engine', () => {
  it('over midnight are one night, not two', () => {
    expect(nightAway('2026-05-04T18:00', '2026-05-05T08:00', ['21:00', '06:00'])).toEqual([
      { began: '05-04T20:00', ended: '05-05T05:00' },
    ])
  })

  it('in the night in which the clocks go forward the curfew is an hour shorter', () => {
    expect(nightAway('2026-03-28T18:00', '2026-03-29T08:00', ['21:00', '06:00'])).toEqual([
      { began: '03-28T21:00', ended: '03-29T05:00' },
    ])
  })

  it('in the night in which they go back it is an hour longer', () => {
    expect(nightAway('2026-10-24T18:00', '2026-10-25T08:00', ['21:00', '06:00'])).toEqual([
      { began: '10-24T20:00', ended: '10-25T06:00' },
    ])
  })

  it('that begin in the missing hour begin when it is over', () => {
    expect(nightAway('2026-03-28T22:00', '2026-03-29T08:00', ['01:30', '04:00'])).toEqual([
      { began: '03-29T01:00', ended: '03-29T03:00' },
    ])
  })

  it('inside the repeated hour hold once without a break, or in both', () => {
    const [first, ...more] = nightAway('2026-10-24T22:00', '2026-10-25T08:00', ['01:15', '01:45'])
    expect(first).toEqual({ began: '10-25T00:15', ended: expect.any(String) })
    expect(more.length).toBeLessThan(2)
  })
})
