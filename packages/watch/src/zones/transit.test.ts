import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  aFix,
  incidentsIn,
  MINUTE,
  SECOND,
  START,
  told,
  Watcher,
  zoneOf,
} from '../testing/timeline.fixture.ts'

const passing = (seconds: number, north: number, given = {}) => [
  aFix({ at: 0, east: -400, north, ...given }),
  aFix({ at: seconds * SECOND, east: 400, north, ...given }),
]

describe('a way through a zone without a fix inside', () => {
  it('deep and in a short time is a possible transit, over as soon as it began', () => {
    const said = new Watcher().see(...passing(60, 0, { speedMps: 14 }))
    expect(told(said)).toEqual(['raised possible-transit possible left'])
    expect(incidentsIn(said)[0]).toMatchObject({
      severity: 'message',
      happenedAt: START + 30 * SECOND,
      endedAt: START + 30 * SECOND,
      reason: { greatestDepthM: expect.closeTo(200, -1), entries: 1 },
    })
    expect(incidentsIn(said)[0]?.reason.fixes).toHaveLength(2)
  })

  it('shallow, or with time enough to go round, is none', () => {
    expect(new Watcher().see(...passing(60, 195))).toEqual([])
    expect(new Watcher().see(...passing(30 * 60, 0))).toEqual([])
  })

  it('beside the zone is none', () => {
    expect(new Watcher().see(...passing(60, 500))).toEqual([])
    // its box is touched, the zone is not
    expect(
      new Watcher().see(aFix({ at: 0, east: 195, north: 400 }), aFix({ at: MINUTE, east: 400, north: 195 })),
    ).toEqual([])
  })

  it('between two fixes of one moment is none', () => {
    const [a, b] = passing(0, 0, { accuracyM: 300 })
    expect(told(new Watcher().see(...[a, b].flatMap(fix => (fix ? [fix] : []))))).toEqual([])
  })

  it('joins the breach that follows it', () => {
    const watcher = new Watcher()
    const transit = watcher.see(...passing(60, 0))
    const breach = watcher.see(aFix({ at: 3 * MINUTE, east: 100 }))
    expect(told(breach)).toEqual(['changed exclusion-breach possible'])
    expect(incidentsIn(breach)[0]).toMatchObject({
      episodeId: incidentsIn(transit)[0]?.episodeId,
      happenedAt: START + 3 * MINUTE,
      reason: { entries: 2 },
    })
  })

  it('back through is one more entry of the same incident, after a breach too', () => {
    const back = (at: number, east: number) => aFix({ at, east })
    const watcher = new Watcher()
    watcher.see(...passing(60, 0))
    const again = watcher.see(back(2 * MINUTE, -400))
    expect(incidentsIn(again)[0]).toMatchObject({ kind: 'possible-transit', reason: { entries: 2 } })
    const after = new Watcher()
    after.see(back(0, 100), back(MINUTE, 100), back(3 * MINUTE, 100), back(4 * MINUTE, 400), back(5 * MINUTE, 400))
    const said = after.see(back(6 * MINUTE, -400))
    expect(told(said)).toEqual(['changed exclusion-breach confirmed left'])
    expect(incidentsIn(said)[0]).toMatchObject({ endedAt: START + 5.5 * MINUTE, reason: { entries: 2 } })
  })

  it('during a pass, or while the zone was not in force at its beginning, is none', () => {
    const pass = { from: START - MINUTE, to: START + 30 * SECOND, corridor: null }
    expect(new Watcher(aContext(aCondition({ passes: [pass] }))).see(...passing(60, 0))).toEqual([])
    expect(new Watcher(aContext(aCondition({ from: START + 10 * SECOND }))).see(...passing(60, 0))).toEqual([])
  })

  it('of a zone of interest or one to stay in is none', () => {
    for (const kind of ['interest', 'restriction'] as const) {
      const zone = kind === 'restriction' ? zoneOf(100) : zoneOf(200)
      const said = new Watcher(aContext(aCondition({ kind, conditionId: asId('9'), zone }))).see(...passing(60, 0))
      expect(said.filter(one => one.type === 'incident' && one.kind === 'possible-transit')).toEqual([])
    }
  })
})
