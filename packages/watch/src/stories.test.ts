import { describe, expect, it } from 'vitest'
import {
  aCondition,
  aContext,
  aFix,
  incidentsIn,
  judgeWalk,
  MINUTE,
  SECOND,
  START,
  told,
  Watcher,
  walk,
  zoneOf,
} from './timeline.fixture.ts'

const BREACH = 'exclusion-breach'

describe('the stories that other systems get wrong', () => {
  it('redelivery three times: each message four times over is one incident with one count', () => {
    const fixes = walk([500, 100, 90, 80, 500, 500])
    const once = new Watcher(aContext())
    const often = new Watcher(aContext())
    const said = fixes.map(fix => once.see(fix))
    const repeated = fixes.map(fix => often.see(fix, fix, fix, { ...fix, receivedAt: fix.receivedAt + MINUTE }))
    expect(repeated).toEqual(said)
    expect(often.state).toEqual(once.state)
    expect(told(said.flat())).toEqual([
      `raised ${BREACH} possible serious`,
      `changed ${BREACH} confirmed critical`,
      `ended ${BREACH} confirmed critical`,
    ])
  })

  it('zone edited around a standing wearer: one incident, judged against the version of that minute', () => {
    const edits = [4.5, 7.5, 10.5].map(minutes => START + minutes * MINUTE)
    const [shrunk = 0, moved = 0, away = 0] = edits
    const versions = [
      aCondition({ zoneVersion: 1, zone: zoneOf(100), to: shrunk }),
      aCondition({ zoneVersion: 2, zone: zoneOf(200), from: shrunk, to: moved }),
      aCondition({ zoneVersion: 3, zone: zoneOf(300), from: moved, to: away }),
      aCondition({ zoneVersion: 4, zone: zoneOf(50), from: away }),
    ]
    const { judgements } = judgeWalk(Array(14).fill(150), aContext(...versions))
    expect(told(judgements)).toEqual([
      `raised ${BREACH} possible serious`,
      `changed ${BREACH} confirmed critical`,
      `ended ${BREACH} confirmed critical`,
    ])
    const [raised, confirmed, ended] = incidentsIn(judgements)
    expect(new Set(incidentsIn(judgements).map(incident => incident.episodeId))).toEqual(
      new Set([`5:7:${START + 5 * MINUTE}`]),
    )
    expect([raised?.zoneVersion, raised?.reason.zoneVersion, raised?.reason.distanceM]).toEqual([2, 2, -50])
    expect(confirmed?.zoneVersion).toBe(2)
    expect([ended?.zoneVersion, ended?.endedAt]).toEqual([3, START + 10 * MINUTE])
    expect(ended?.reason).toMatchObject({ fixesCounted: 6, greatestDepthM: 150, entries: 1 })
  })

  it('restart in the middle of an episode: the state goes through the database and nothing is said twice or lost', () => {
    const fixes = walk([500, 150, 140, 130, 500, 500, 120, 110])
    const through = new Watcher(aContext())
    const expected = through.see(...fixes)
    for (let cut = 0; cut <= fixes.length; cut++) {
      const before = new Watcher(aContext())
      const saidBefore = before.see(...fixes.slice(0, cut))
      const after = new Watcher(aContext())
      after.state = JSON.parse(JSON.stringify(before.state))
      expect([...saidBefore, ...after.see(...fixes.slice(cut))]).toEqual(expected)
    }
  })

  it('standing at the fence with a big circle: no incident, one near miss with its reason', () => {
    const watcher = new Watcher(aContext())
    const said = watcher.see(...walk([240, 250, 245], { accuracyM: 120 }), ...walk([2_000, 2_000], { at: 14 * MINUTE }))
    expect(said).toEqual([
      {
        type: 'near-miss',
        activationId: '5',
        conditionId: '7',
        zoneId: '70',
        zoneVersion: 1,
        policyVersion: 1,
        from: START,
        to: START + 2 * MINUTE,
        fixesCounted: 3,
        fixes: [0, 1, 2].map(i => `${START + i * MINUTE}/0`),
        distanceM: 40,
        accuracyM: 120,
        accuracyAssumed: false,
        probability: 0.2073,
        text: '3 fixes, the likeliest 40 m outside the boundary, circle 120 m, P = 0.21 of a breach.',
      },
    ])
    expect(watcher.state.stretches).toEqual([])
  })

  it('cell-only inside: possible however long it lasts, never confirmed', () => {
    const context = aContext(aCondition({ zone: zoneOf(3_000) }))
    const { judgements } = judgeWalk(Array(120).fill(0), context, { source: 'cell', accuracyM: 900 })
    expect(told(judgements)).toEqual([`raised ${BREACH} possible serious`])
  })

  it('cell-only inside a small zone: nothing but near misses', () => {
    const { judgements } = judgeWalk(Array(61).fill(0), aContext(), { source: 'cell', accuracyM: 900 })
    expect(judgements.map(({ type }) => type)).toEqual(['near-miss'])
  })

  it('buffer, then breach, then leaving, then back: one incident with two entries', () => {
    const context = aContext(aCondition({ bufferM: 100 }))
    const easts = [500, 250, 150, 140, 250, 250, 500, 500, 500, 250, 150, 500, 500]
    const { judgements } = judgeWalk(easts, context)
    expect(told(judgements)).toEqual([
      'raised buffer-entry possible warning',
      `changed ${BREACH} possible serious`,
      `changed ${BREACH} confirmed critical`,
      `ended ${BREACH} confirmed critical`,
      `changed ${BREACH} confirmed critical`,
      `ended ${BREACH} confirmed critical`,
    ])
    const incidents = incidentsIn(judgements)
    expect(new Set(incidents.map(incident => incident.episodeId)).size).toBe(1)
    expect(incidents.map(({ endedAt }) => endedAt && (endedAt - START) / MINUTE)).toEqual([
      null,
      null,
      null,
      5,
      null,
      10,
    ])
    // The breach happened when the boundary was passed, not when the buffer was entered.
    expect(incidents.map(({ happenedAt }) => (happenedAt - START) / MINUTE)).toEqual([1, 2, 2, 2, 2, 2])
    expect(incidents.map(({ reason }) => reason.entries)).toEqual([1, 1, 1, 1, 2, 2])
    // What it was judged on stays with it when the wearer has left, or is back in the buffer only.
    expect(incidents.map(({ reason }) => reason.distanceM)).toEqual([50, -50, -60, -60, -60, -50])
    expect(incidents.map(({ reason }) => reason.text)).toEqual([
      'In the buffer: 50 m outside the boundary, circle 10 m, P > 0.99.',
      'From the buffer into a breach, inside the exclusion zone: 50 m inside the boundary, circle 10 m, P > 0.99.',
      'Confirmed by a second proof, inside the exclusion zone: 60 m inside the boundary, circle 10 m, P > 0.99.',
      'Left: 2 fixes away over 60 s, the last 300 m outside the boundary, circle 10 m, P < 0.01.',
      'Entry 2, in the buffer: 50 m outside the boundary, circle 10 m, P > 0.99.',
      'Left: 2 fixes away over 60 s, the last 300 m outside the boundary, circle 10 m, P < 0.01.',
    ])
  })

  it('restriction: leaving the area is the breach, coming back ends it', () => {
    const context = aContext(aCondition({ kind: 'restriction' }))
    const { judgements } = judgeWalk([0, 100, 300, 450, 900, 100, 100], context)
    expect(told(judgements)).toEqual([
      'raised restriction-breach possible serious',
      'changed restriction-breach confirmed critical',
      'ended restriction-breach confirmed critical',
    ])
    const [raised, , ended] = incidentsIn(judgements)
    expect(raised).toMatchObject({ happenedAt: START + 2 * MINUTE, endedAt: null })
    expect(raised?.reason).toMatchObject({ distanceM: 100, probability: 0 })
    expect(raised?.reason.text).toBe('Outside the restriction zone: 100 m outside the boundary, circle 10 m, P > 0.99.')
    expect(ended?.endedAt).toBe(START + 4 * MINUTE)
    expect(ended?.reason).toMatchObject({ greatestDepthM: 700, fixesCounted: 3, distanceM: 700, probability: 0 })
  })

  it('restriction with a buffer: near its edge is a warning', () => {
    const context = aContext(aCondition({ kind: 'restriction', bufferM: 50 }))
    const { judgements } = judgeWalk([0, 170, 230], context)
    expect(told(judgements)).toEqual([
      'raised buffer-entry possible warning',
      'changed restriction-breach possible serious',
    ])
  })

  it('one deep, accurate fix raises at once, and the tag need not send another', () => {
    const [raised, ...others] = incidentsIn(
      new Watcher(aContext()).see(aFix({ at: 0, east: 0, seq: 12, accuracyM: 8 })),
    )
    expect(others).toEqual([])
    expect(raised).toEqual({
      type: 'incident',
      change: 'raised',
      episodeId: `5:7:${START}`,
      activationId: '5',
      conditionId: '7',
      zoneId: '70',
      zoneVersion: 1,
      kind: BREACH,
      severity: 'serious',
      certainty: 'possible',
      happenedAt: START,
      receivedAt: START + SECOND,
      endedAt: null,
      late: false,
      reason: {
        fixes: [`${START}/12`],
        distanceM: -200,
        accuracyM: 8,
        accuracyAssumed: false,
        probability: 1,
        zoneVersion: 1,
        policyVersion: 1,
        text: 'Inside the exclusion zone: 200 m inside the boundary, circle 8 m, P > 0.99.',
        fixesCounted: 1,
        greatestDepthM: 200,
        entries: 1,
      },
    })
  })
})
