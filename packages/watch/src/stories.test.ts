import { asId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { wrapFix } from './judge.ts'
import { Recorder } from './testing/record.fixture.ts'
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
  zoneOf,
} from './testing/timeline.fixture.ts'

const BREACH = 'exclusion-breach'

describe('the stories that other systems get wrong', () => {
  it('late fix: judged where it belongs, by the zone of that time, and marked late with both clocks', () => {
    const edited = START + 30 * MINUTE
    const versions = [aCondition({ to: edited }), aCondition({ zoneVersion: 2, zone: zoneOf(20), from: edited })]
    const recorder = new Recorder(aContext(...versions))
    const received = START + 3 * HOUR
    recorder.take(walk([900, 900]).map(wrapFix))
    recorder.take(walk([900, 900], { at: 2 * HOUR }).map(wrapFix))
    expect(recorder.all).toEqual([])
    const visit = walk([150, 140, 130, 900, 900], { at: 10 * MINUTE, receivedAt: received })
    recorder.take(visit.toReversed().map(wrapFix))
    expect(told(recorder.all)).toEqual([`raised ${BREACH} confirmed left`])
    expect(incidentsIn(recorder.all)[0]).toMatchObject({
      late: true,
      happenedAt: START + 10 * MINUTE,
      receivedAt: received,
      endedAt: START + 12 * MINUTE,
      zoneVersion: 1,
    })
  })

  it('curfew begun while away: the clock raises it, no fix need come', () => {
    const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })
    const watcher = new Watcher(aContext(curfew))
    const began = HOUR
    expect(told(watcher.see(...walk([2_000, 2_000], { at: began - 3 * MINUTE })))).toEqual([])
    expect(told(watcher.tick(began + 4 * MINUTE))).toEqual([])
    const said = watcher.tick(began + 5 * MINUTE)
    expect(told(said)).toEqual(['raised inclusion-absence possible'])
    expect(incidentsIn(said)[0]).toMatchObject({ happenedAt: START + began, late: false })
    expect(told(watcher.see(...walk([2_000, 2_000], { at: began + 6 * MINUTE })))).toEqual([])
    expect(told(watcher.see(...walk(Array(8).fill(2_000), { at: began + 8 * MINUTE })))).toEqual([
      'changed inclusion-absence confirmed',
    ])
    expect(told(watcher.tick(10 * HOUR + MINUTE))).toEqual(['ended inclusion-absence confirmed lapsed'])
  })

  it('a fix of the minute before the alarm that comes after it takes the alarm back', () => {
    const curfew = aCondition({ kind: 'inclusion', hours: hoursOf('11:00', '20:00') })
    const watcher = new Watcher(aContext(curfew))
    watcher.see(...walk([2_000, 2_000], { at: HOUR - 3 * MINUTE }))
    expect(told(watcher.tick(HOUR + 5 * MINUTE))).toEqual(['raised inclusion-absence possible'])
    const home = aFix({ at: HOUR + 4 * MINUTE, east: 0, receivedAt: START + HOUR + 6 * MINUTE })
    expect(told(watcher.see(home))).toEqual(['disproved inclusion-absence possible disproved'])
    expect(told(watcher.tick(HOUR + 7 * MINUTE))).toEqual([])
  })

  it('redelivery three times: each message four times over is one incident with one count', () => {
    const fixes = walk([500, 100, 90, 80, 500, 500])
    const once = new Watcher()
    const often = new Watcher()
    const said = fixes.map(fix => once.see(fix))
    const repeated = fixes.map(fix => often.see(fix, fix, fix, fix))
    expect(repeated).toEqual(said)
    expect(often.state).toEqual(once.state)
    expect(told(said.flat())).toEqual([
      `raised ${BREACH} possible`,
      `changed ${BREACH} confirmed`,
      `ended ${BREACH} confirmed left`,
    ])
  })

  it('zone edited around a standing wearer: one incident, judged against the version of that minute', () => {
    const [grown, moved, away] = [4.5, 14.5, 24.5].map(minutes => START + minutes * MINUTE) as [number, number, number]
    const versions = [
      aCondition({ zoneVersion: 1, zone: zoneOf(100), to: grown }),
      aCondition({ zoneVersion: 2, zone: zoneOf(200), from: grown, to: moved }),
      aCondition({ zoneVersion: 3, zone: zoneOf(300), from: moved, to: away }),
      aCondition({ zoneVersion: 4, zone: zoneOf(50), from: away }),
    ]
    const watcher = new Watcher(aContext(...versions))
    const said = watcher.see(...walk(Array(40).fill(150)))
    expect(told(said)).toEqual([
      `raised ${BREACH} possible`,
      `changed ${BREACH} confirmed`,
      // deeper: the boundary has moved outwards
      `changed ${BREACH} confirmed`,
      `ended ${BREACH} confirmed left`,
    ])
    const incidents = incidentsIn(said)
    expect(new Set(incidents.map(incident => incident.episodeId))).toEqual(new Set([`5:7:${START + 5 * MINUTE}`]))
    expect(incidents.map(({ zoneVersion }) => zoneVersion)).toEqual([2, 2, 3, 3])
  })

  it('zone edited around a standing wearer of whom no fix comes: the clock raises it', () => {
    const edited = START + 5 * MINUTE
    const versions = [aCondition({ to: edited, zone: zoneOf(100) }), aCondition({ zoneVersion: 2, from: edited })]
    const watcher = new Watcher(aContext(...versions))
    watcher.see(...walk([150, 150, 150]))
    expect(told(watcher.tick(6 * MINUTE))).toEqual([])
    const said = watcher.tick(7 * MINUTE)
    expect(told(said)).toEqual([`raised ${BREACH} possible`])
    expect(incidentsIn(said)[0]).toMatchObject({ happenedAt: edited, zoneVersion: 2 })
  })

  it('restart in the middle of an episode: the state goes through the database and nothing is said twice or lost', () => {
    const fixes = walk([500, 150, 140, 130, 500, 500, 120, 110])
    const through = new Watcher()
    const expected = through.see(...fixes)
    for (let cut = 0; cut <= fixes.length; cut++) {
      const before = new Watcher()
      const saidBefore = before.see(...fixes.slice(0, cut))
      const after = new Watcher()
      after.state = JSON.parse(JSON.stringify(before.state))
      // the last fix may come again
      expect([...saidBefore, ...after.see(...fixes.slice(Math.max(0, cut - 1)))]).toEqual(expected)
    }
  })

  it('an interest zone is a visit, no incident', () => {
    const watcher = new Watcher(aContext(aCondition({ kind: 'interest', conditionId: asId('8') })))
    const said = watcher.see(...walk([900, 100, 90, 80, 900, 900]))
    expect(said.map(judgement => judgement.type)).toEqual(['visit', 'visit'])
    expect(said.at(-1)).toMatchObject({ from: START + MINUTE, to: START + 3 * MINUTE, disproved: false })
  })
})
