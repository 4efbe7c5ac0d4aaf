import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONTEXT, Service, START, SUSPENDED } from './silence.fixture.ts'
import { hear, listen, neverHeard, type SilenceState, silenceView } from './silence.ts'

/** Cases for each property; the full run asks for more. */
const RUNS = { numRuns: Number(process.env.CORDON_PROPERTY_RUNS ?? 1_000) }
describe('whatever happens', () => {
  const steps = fc.array(
    fc.record({
      afterS: fc.oneof(fc.constant(60), fc.integer({ min: -4_000, max: 40_000 })),
      listening: fc.boolean(),
      heard: fc.oneof({ weight: 1, arbitrary: fc.constant(true) }, { weight: 9, arbitrary: fc.constant(false) }),
      known: fc.oneof({ weight: 1, arbitrary: fc.constant(SUSPENDED) }, { weight: 4, arbitrary: fc.constant(null) }),
    }),
    { maxLength: 80 },
  )

  it('quiet is never below zero nor more than was listened to, the state is plain JSON, and a silence is told while it lasts and as it ends', () => {
    fc.assert(
      fc.property(steps, story => {
        let [now, listenedMs] = [START, 0]
        let state: SilenceState = neverHeard
        for (const { afterS, listening, heard, known } of story) {
          now += afterS * 1_000
          if (heard) {
            state = hear(state, now)
            listenedMs = 0
            expect(silenceView(state)?.endedAt).not.toBe(null)
          } else {
            const result = listen(state, { at: now, listening }, { ...CONTEXT, known })
            state = result.state
            if (listening && afterS > 0 && afterS <= 90) listenedMs += afterS * 1_000
            expect(result.view).toEqual(silenceView(state))
            if (known !== null) expect(state.silent?.endedAt).not.toBe(null)
          }
          expect(state.quietMs).toBeGreaterThanOrEqual(0)
          expect(state.quietMs).toBeLessThanOrEqual(listenedMs)
          expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state)
        }
      }),
      RUNS,
    )
  })

  it('a tag that goes quiet is found, however often the service was away for less than a plan', () => {
    const breaks = fc.array(
      fc.record({ ticks: fc.integer({ min: 2, max: 6 }), awayMin: fc.integer({ min: 1, max: 13 }) }),
      {
        minLength: 15,
        maxLength: 15,
      },
    )
    fc.assert(
      fc.property(breaks, story => {
        const service = new Service().tick().hear()
        for (const { ticks, awayMin } of story) service.tick(ticks).restart(awayMin)
        expect(service.told).toHaveLength(1)
      }),
      RUNS,
    )
  })
})
