import { asId, type ConditionId, FIX_SOURCES, type Fix, type IncidentJudgement, type Judgement } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge, judgeAll, type WatchContext, type WatchInput } from './judge.ts'
import { emptyState, RECENT_FIXES, type WatchState } from './state.ts'
import { aCondition, aContext, aFix, MINUTE, SECOND, START, zoneOf } from './timeline.fixture.ts'

/** Cases for each property; the full run asks for more. */
const RUNS = { numRuns: Number(process.env.CORDON_PROPERTY_RUNS ?? 1_000) }

/** Zones that share an edge region, so that one walk along the x axis crosses, skirts and leaves all of them. */
const CONDITIONS = [
  aCondition({ bufferM: 60, passes: [{ from: START + 20 * MINUTE, to: START + 24 * MINUTE }] }),
  aCondition({ conditionId: asId<ConditionId>('8'), kind: 'restriction', zone: zoneOf(400, 50), bufferM: 50 }),
  aCondition({ conditionId: asId<ConditionId>('9'), zone: zoneOf(150), to: START + 12 * MINUTE }),
  aCondition({
    conditionId: asId<ConditionId>('9'),
    zoneVersion: 2,
    from: START + 12 * MINUTE,
    to: START + 45 * MINUTE,
    zone: zoneOf(80, 0, 120),
  }),
]
const CONTEXT: WatchContext = aContext(...CONDITIONS)

/** A wearer who walks and rests, with gaps, good and bad circles, and all sources. Times go up, none is shared. */
const timelines = fc
  .array(
    fc.record({
      afterS: fc.oneof(fc.constantFrom(15, 60, 60, 60), fc.integer({ min: 1, max: 900 })),
      stepM: fc.oneof(fc.constant(0), fc.integer({ min: -150, max: 150 })),
      accuracyM: fc.option(fc.integer({ min: 1, max: 200 }), { freq: 5 }),
      source: fc.constantFrom('gnss' as const, 'gnss' as const, ...FIX_SOURCES),
      noiseM: fc.integer({ min: -30, max: 30 }),
    }),
    { maxLength: 60 },
  )
  .chain(steps => fc.record({ steps: fc.constant(steps), startM: fc.integer({ min: -500, max: 500 }) }))
  .map(({ steps, startM }) => {
    let [at, east] = [0, startM]
    return steps.map(({ afterS, stepM, accuracyM, source, noiseM }, seq) => {
      at += afterS * SECOND
      east += stepM
      return aFix({ at, east: east + noiseM, accuracyM, source, seq })
    })
  })

function run(inputs: readonly WatchInput[], state: WatchState = emptyState()) {
  const judgements: Judgement[] = []
  let now = state
  for (const input of inputs) {
    const result = judge(now, input, CONTEXT)
    now = result.state
    judgements.push(...result.judgements)
  }
  return { state: now, judgements }
}

const asInputs = (fixes: readonly Fix[]): WatchInput[] => fixes.map(fix => ({ type: 'fix', fix }))
const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value))

/** What each incident came to in the end, whatever it was told in between. */
function outcomes(judgements: readonly Judgement[]) {
  const last = new Map<string, IncidentJudgement>()
  for (const judgement of judgements) if (judgement.type === 'incident') last.set(judgement.episodeId, judgement)
  return [...last.values()]
    .map(({ episodeId, kind, certainty, severity, happenedAt, endedAt, reason }) => {
      const { fixesCounted, greatestDepthM, entries } = reason
      return { episodeId, kind, certainty, severity, happenedAt, endedAt, fixesCounted, greatestDepthM, entries }
    })
    .sort((a, b) => (a.episodeId < b.episodeId ? -1 : 1))
}

describe('any timeline', { timeout: 600_000 }, () => {
  it('judged twice says the same and ends in the same state', () => {
    fc.assert(
      fc.property(timelines, fixes => {
        expect(run(asInputs(fixes))).toEqual(run(asInputs(fixes)))
        expect(judgeAll(emptyState(), fixes.toReversed(), CONTEXT)).toEqual(run(asInputs(fixes)))
      }),
      RUNS,
    )
  })

  it('cut anywhere, with the state through JSON at each cut, says the same and ends in the same state', () => {
    fc.assert(
      fc.property(timelines, fc.array(fc.nat(60), { maxLength: 4 }), (fixes, cuts) => {
        const expected = run(asInputs(fixes))
        const judgements: Judgement[] = []
        let state = emptyState()
        for (const [i, fix] of fixes.entries()) {
          if (cuts.includes(i)) state = throughJson(state)
          const result = judge(state, { type: 'fix', fix }, CONTEXT)
          state = result.state
          judgements.push(...result.judgements)
        }
        expect({ state, judgements }).toEqual(expected)
      }),
      RUNS,
    )
  })

  it('leaves a state and judgements that JSON keeps exactly, with no fix named twice and none that was not seen', () => {
    fc.assert(
      fc.property(timelines, fixes => {
        const { state, judgements } = run(asInputs(fixes))
        expect(throughJson({ state, judgements })).toStrictEqual({ state, judgements })
        for (const { restsOn } of state.stretches) expect(restsOn).toBeLessThan(2 ** RECENT_FIXES)
        const seen = new Set(fixes.map(({ measuredAt, seq }) => `${measuredAt}/${seq}`))
        for (const judgement of judgements) {
          const named =
            judgement.type === 'incident' ? judgement.reason.fixes : 'fixes' in judgement ? judgement.fixes : []
          expect(named.length).toBeLessThanOrEqual(RECENT_FIXES)
          expect(new Set(named).size).toBe(named.length)
          expect(named.every(id => seen.has(id))).toBe(true)
        }
      }),
      RUNS,
    )
  })

  it('with recent fixes sent again and again says nothing else and ends in the same state', () => {
    const repeats = fc.array(fc.nat(RECENT_FIXES - 1), { maxLength: 60 })
    fc.assert(
      fc.property(timelines, repeats, (fixes, back) => {
        const inputs = fixes.flatMap((fix, i) => {
          const again = fixes[Math.max(0, i - (back[i] ?? 0))] ?? fix
          return [fix, { ...again, receivedAt: again.receivedAt + MINUTE }, fix]
        })
        expect(run(asInputs(inputs))).toEqual(run(asInputs(fixes)))
      }),
      RUNS,
    )
  })

  it('with any older fix sent again only sets it aside', () => {
    fc.assert(
      fc.property(timelines, fc.array(fc.nat(60), { maxLength: 60 }), (fixes, back) => {
        const inputs = fixes.flatMap((fix, i) => [fix, fixes[Math.max(0, i - (back[i] ?? 0))] ?? fix])
        const repeated = run(asInputs(inputs))
        const judgements = repeated.judgements.filter(({ type }) => type !== 'set-aside')
        expect({ state: repeated.state, judgements }).toEqual(run(asInputs(fixes)))
      }),
      RUNS,
    )
  })

  it('comes to the same incidents wherever the clock ticks in between', () => {
    const ticks = fc.array(fc.record({ after: fc.nat(60), aheadMs: fc.nat(70 * MINUTE) }), { maxLength: 10 })
    fc.assert(
      fc.property(timelines, ticks, (fixes, ticking) => {
        const inputs = asInputs(fixes).flatMap((input, i) => [
          input,
          ...ticking
            .filter(({ after }) => after === i)
            .map(({ aheadMs }): WatchInput => ({ type: 'tick', at: (fixes[i]?.measuredAt ?? START) + aheadMs })),
        ])
        const end: WatchInput = { type: 'tick', at: START + 24 * 60 * MINUTE }
        const ticked = outcomes(run([...inputs, end]).judgements)
        expect(ticked).toEqual(outcomes(run([...asInputs(fixes), end]).judgements))
      }),
      RUNS,
    )
  })

  it('tells each incident in order: raised once, first; nothing twice; ended only while open', () => {
    fc.assert(
      fc.property(timelines, fixes => {
        const open = new Map<string, boolean>()
        for (const judgement of run(asInputs(fixes)).judgements) {
          if (judgement.type !== 'incident') continue
          const { episodeId, change, endedAt, happenedAt } = judgement
          expect(open.get(episodeId)).toBe(
            { raised: undefined, changed: open.get(episodeId) ?? null, ended: true }[change],
          )
          expect(endedAt === null).toBe(change !== 'ended')
          expect(endedAt ?? happenedAt).toBeGreaterThanOrEqual(happenedAt)
          open.set(episodeId, change !== 'ended')
        }
      }),
      RUNS,
    )
  })

  it('of arbitrary numbers never throws, and only what was admitted is in the state', () => {
    const anyFix = fc.record({
      at: fc.oneof(fc.double(), fc.integer({ min: -MINUTE, max: 60 * MINUTE })),
      lon: fc.double(),
      lat: fc.double(),
      accuracyM: fc.option(fc.double()),
      seq: fc.oneof(fc.double(), fc.maxSafeInteger()),
      receivedAt: fc.oneof(fc.double(), fc.constant(START)),
      place: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 20 }), given => {
        const fixes = given.map(({ lon, lat, place, ...rest }) => aFix(place ? rest : { ...rest, lon, lat }))
        const { state } = judgeAll(emptyState(), fixes, CONTEXT)
        expect(state.recent.flat().every(Number.isFinite)).toBe(true)
        expect(throughJson(state.stretches)).toStrictEqual(state.stretches)
      }),
      RUNS,
    )
  })
})
