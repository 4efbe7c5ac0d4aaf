import { asId, type ConditionId } from '@cordon/contract'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from './policy.ts'
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

const RAISED = 'raised exclusion-breach possible serious'
const CONFIRMED = 'changed exclusion-breach confirmed critical'
const minutes = (time: number | null | undefined) => time && (time - START) / MINUTE

describe('certainty', () => {
  it('is possible until a second proof half a minute after the first, however many come between', () => {
    const watcher = new Watcher(aContext())
    const before = [0, 5, 10, 15, 20, 25, 29.999].map(seconds => aFix({ at: seconds * SECOND }))
    expect(told(watcher.see(...before))).toEqual([RAISED])
    const [confirmed] = incidentsIn(watcher.see(aFix({ at: 30 * SECOND })))
    expect(confirmed).toMatchObject({ change: 'changed', certainty: 'confirmed', severity: 'critical' })
    expect(confirmed?.reason.fixesCounted).toBe(8)
    expect(told(watcher.see(aFix({ at: 60 * SECOND }), aFix({ at: 90 * SECOND })))).toEqual([])
  })

  it('stays possible as long as no fix is a proof by itself', () => {
    // 200 m deep with a circle of 400 m: P = 0.89
    expect(told(judgeWalk([0, 0, 0, 0], aContext(), { accuracyM: 400 }).judgements)).toEqual([RAISED])
  })

  it('counts a proof that comes after a weak first fix as the first', () => {
    const watcher = new Watcher(aContext())
    expect(told(watcher.see(aFix({ at: 0, accuracyM: 400 }), aFix({ at: MINUTE })))).toEqual([RAISED])
    expect(told(watcher.see(aFix({ at: 2 * MINUTE })))).toEqual([CONFIRMED])
  })

  it('is confirmed by a GNSS fix on a cell fix no sooner than by a second GNSS fix', () => {
    const watcher = new Watcher(aContext(aCondition({ zone: zoneOf(3_000) })))
    const cell = { source: 'cell', accuracyM: 900 } as const
    expect(
      told(watcher.see(aFix({ at: 0, ...cell }), aFix({ at: MINUTE }), aFix({ at: 2 * MINUTE, ...cell }))),
    ).toEqual([RAISED])
    expect(told(watcher.see(aFix({ at: 3 * MINUTE })))).toEqual([CONFIRMED])
  })

  it('of a buffer entry can be confirmed too, and is proved anew when it grows into a breach', () => {
    const context = aContext(aCondition({ bufferM: 100 }))
    const { judgements } = judgeWalk([250, 250, 190, 250, 250, 150], context)
    expect(incidentsIn(judgements).map(({ receivedAt }) => minutes(receivedAt - SECOND))).toEqual([0, 1, 2, 5])
    expect(told(judgements)).toEqual([
      'raised buffer-entry possible warning',
      'changed buffer-entry confirmed warning',
      RAISED.replace('raised', 'changed'),
      CONFIRMED,
    ])
  })

  it('of a breach that a weak fix made out of a buffer entry waits for two proofs', () => {
    const watcher = new Watcher(aContext(aCondition({ bufferM: 100 })))
    const weak = aFix({ at: 0, accuracyM: 400 })
    expect(told(watcher.see(aFix({ at: -30 * SECOND, east: 250 }), weak, aFix({ at: MINUTE })))).toHaveLength(2)
    expect(told(watcher.see(aFix({ at: 2 * MINUTE })))).toEqual([CONFIRMED])
  })
})

describe('the end of an episode', () => {
  it('needs two fixes out, half a minute apart, with none inside between them', () => {
    const watcher = new Watcher(aContext())
    const out = (at: number) => aFix({ at: at * SECOND, east: 900 })
    expect(told(watcher.see(aFix({ at: 0 }), out(20), aFix({ at: 40 * SECOND }), out(60), out(70), out(89)))).toEqual([
      RAISED,
      CONFIRMED,
    ])
    const [ended] = incidentsIn(watcher.see(out(90)))
    expect(ended).toMatchObject({ change: 'ended', endedAt: START + 40 * SECOND, receivedAt: START + 41 * SECOND })
    expect(ended?.reason.text).toBe(
      'Left: 4 fixes away over 30 s, the last 700 m outside the boundary, circle 10 m, P < 0.01.',
    )
    expect(ended?.reason.fixes).toHaveLength(7)
  })

  it('needs as many fixes out as the policy says, however long they take', () => {
    const context = aContext()
    const patient = { ...context, policy: { ...context.policy, exitFixes: 4 } }
    expect(told(judgeWalk([0, 900, 900, 900], patient).judgements)).toEqual([RAISED])
    expect(told(judgeWalk([0, 900, 900, 900, 900], patient).judgements)).toHaveLength(2)
  })

  it('is not brought about by fixes in doubt, nor kept from coming by them', () => {
    // 205 m: 5 m outside with a circle of 10 m, and within the margin of 10 m
    expect(told(judgeWalk([0, 205, 205, 205, 205], aContext()).judgements)).toEqual([RAISED])
    const { judgements } = judgeWalk([0, 900, 205, 900], aContext())
    expect(told(judgements)).toEqual([RAISED, 'ended exclusion-breach possible serious'])
  })

  it('does not come by falling back into the buffer, which softens nothing', () => {
    const context = aContext(aCondition({ bufferM: 100 }))
    expect(told(judgeWalk([0, 0, 250, 250, 250, 250], context).judgements)).toEqual([RAISED, CONFIRMED])
  })
})

describe('re-entry', () => {
  const rejoin = defaultPolicy.rejoinMs / MINUTE
  const backAfter = (gapMinutes: number) => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk([0, 900, 900]))
    return incidentsIn(watcher.see(aFix({ at: gapMinutes * MINUTE })))
  }

  it('within ten minutes of the end goes on with the same incident', () => {
    const [back] = backAfter(rejoin)
    expect(back).toMatchObject({ change: 'changed', episodeId: `5:7:${START}`, endedAt: null, certainty: 'confirmed' })
    expect(back?.reason).toMatchObject({ entries: 2, fixesCounted: 2 })
    expect(back?.reason.text).toMatch(/^Entry 2, confirmed by a second proof, inside the exclusion zone: /)
  })

  it('later is another incident', () => {
    const [raised] = backAfter(rejoin + 1 / 60)
    expect(raised).toMatchObject({ change: 'raised', happenedAt: START + rejoin * MINUTE + SECOND })
  })

  it('is waited for silently: out and in doubt after the end change nothing, and in the end nothing is left', () => {
    const watcher = new Watcher(aContext())
    watcher.see(...walk([0, 900, 900]))
    const [ended] = watcher.state.stretches
    expect(watcher.see(...walk([900, 205, 900], { at: 3 * MINUTE }))).toEqual([])
    expect(watcher.state.stretches).toEqual([{ ...ended, restsOn: 0b111000 }])
    expect(watcher.see(aFix({ at: 11 * MINUTE, east: 900 }))).toEqual([])
    expect(watcher.state.stretches).toEqual([])
  })
})

describe('depth', () => {
  const context = aContext(aCondition({ zone: zoneOf(2_000) }))

  it('is told again when it has doubled, at most every ten minutes', () => {
    // 10 m deep, then 400 m deep at once, then 900 m, then 2,000 m
    const easts = [1_990, 1_600, ...Array(8).fill(1_600), 1_600, 1_100, ...Array(8).fill(1_100), 1_100, 0]
    const incidents = incidentsIn(judgeWalk(easts, context).judgements)
    expect(
      incidents.map(({ happenedAt, receivedAt, reason }) => [
        minutes(happenedAt),
        minutes(receivedAt - SECOND),
        reason.greatestDepthM,
      ]),
    ).toEqual([
      [0, 0, 10],
      [0, 1, 400],
      [0, 11, 900],
      [0, 21, 2_000],
    ])
    expect(incidents[2]?.reason.text).toMatch(/^Deeper, 900 m at most, inside the exclusion zone: 900 m inside /)
  })

  it('of a few metres is not news when doubled', () => {
    expect(told(judgeWalk([1_990, 1_990, ...Array(30).fill(1_910)], context).judgements)).toEqual([RAISED, CONFIRMED])
  })
})

describe('near misses', () => {
  const near = { accuracyM: 120 }

  it('become part of the evidence of the incident that follows', () => {
    const watcher = new Watcher(aContext())
    const said = watcher.see(...walk([250, 240], near), aFix({ at: 2 * MINUTE }))
    expect(said).toHaveLength(1)
    expect(incidentsIn(said)[0]?.reason).toMatchObject({
      fixes: [0, 1, 2].map(i => `${START + i * MINUTE}/0`),
      fixesCounted: 1,
    })
  })

  it('of long before are told by themselves', () => {
    const said = new Watcher(aContext()).see(aFix({ at: 0, east: 250, ...near }), aFix({ at: 11 * MINUTE }))
    expect(said.map(({ type }) => type)).toEqual(['near-miss', 'incident'])
    expect(incidentsIn(said)[0]?.reason.fixes).toEqual([`${START + 11 * MINUTE}/0`])
    expect(said[0]).toMatchObject({ text: '1 fix 50 m outside the boundary, circle 120 m, P = 0.15 of a breach.' })
  })

  it('are one while no more than ten minutes lie between them, whatever lies between', () => {
    const watcher = new Watcher(aContext())
    expect(watcher.see(...walk([250, 2_000, 2_000, 260, 2_000, 255], near))).toEqual([])
    const [told, ...others] = watcher.see(...walk(Array(12).fill(2_000), { at: 6 * MINUTE }))
    expect(others).toEqual([])
    expect(told).toMatchObject({ from: START, to: START + 5 * MINUTE, fixesCounted: 3, distanceM: 50 })
  })

  it('of a whole night are told once an hour', () => {
    const { judgements } = judgeWalk(Array(150).fill(240), aContext(), near)
    expect(judgements).toMatchObject([
      { type: 'near-miss', from: START, to: START + 59 * MINUTE, fixesCounted: 60 },
      { type: 'near-miss', from: START + 60 * MINUTE, to: START + 119 * MINUTE, fixesCounted: 60 },
    ])
  })

  it('tell the likeliest fix, also one that fell inside', () => {
    const watcher = new Watcher(aContext())
    const said = watcher.see(...walk([250, 190, 240], near), aFix({ at: 20 * MINUTE, east: 2_000 }))
    expect(said).toMatchObject([
      { distanceM: -10, text: '3 fixes, the likeliest 10 m inside the boundary, circle 120 m, P = 0.58 of a breach.' },
    ])
  })

  it('of a buffer say so', () => {
    const watcher = new Watcher(aContext(aCondition({ bufferM: 100 })))
    const said = watcher.see(aFix({ at: 0, east: 340, ...near }), aFix({ at: 20 * MINUTE, east: 2_000 }))
    expect(said).toMatchObject([
      {
        probability: 0.0021,
        text: '1 fix 140 m outside the boundary, circle 120 m, P = 0.21 of the buffer or past it.',
      },
    ])
  })
})

describe('several conditions', () => {
  it('are judged each by itself', () => {
    const other = aCondition({ conditionId: asId<ConditionId>('8'), zone: zoneOf(50) })
    const { judgements } = judgeWalk([100, 0], aContext(aCondition(), other))
    expect(incidentsIn(judgements).map(({ conditionId, change }) => `${conditionId} ${change}`)).toEqual([
      '7 raised',
      '7 changed',
      '8 raised',
    ])
  })

  it('that are versions of one, both in force by mistake, are judged by the highest', () => {
    const versions = [aCondition({ zoneVersion: 1 }), aCondition({ zoneVersion: 2 })]
    for (const conditions of [versions, versions.toReversed()]) {
      const incidents = incidentsIn(judgeWalk([0], aContext(...conditions)).judgements)
      expect(incidents.map(({ zoneVersion }) => zoneVersion)).toEqual([2])
    }
  })
})
