import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWatchContext } from './context/watch-context.ts'
import { judgeAll, wrapFix } from './judge.ts'
import { emptyState } from './state.ts'
import { asItCame, inOrder, stories } from './testing/arbitrary-arrivals.fixture.ts'
import { registers } from './testing/arbitrary-registers.fixture.ts'
import { timelines } from './testing/arbitrary-timelines.fixture.ts'
import { Recorder } from './testing/record.fixture.ts'
import { aFix } from './testing/timeline.fixture.ts'

/** The full run has 10,000 and more: `CORDON_PROPERTY_RUNS=10000`. */
const numRuns = Number(process.env.CORDON_PROPERTY_RUNS ?? 200)
/** Other cases every time, unless a seed is given: so that a check of everything says the same of the same code. */
const { CORDON_PROPERTY_SEED: seed } = process.env
const cases = seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) }
const lives = fc.record({ observations: timelines, register: registers })

describe('any timeline', () => {
  it('ends in the same incidents whatever order, batches and repeats it came in', () => {
    const property = fc.property(stories, story => {
      const sorted = inOrder(story)
      const shuffled = asItCame(story)
      expect(shuffled.outcome()).toEqual(sorted.outcome())
      expect(shuffled.state.timeline).toEqual(sorted.state.timeline)
      expect(new Set(shuffled.nearMisses.keys())).toEqual(new Set(sorted.nearMisses.keys()))
    })
    fc.assert(property, cases)
  })

  it('is judged alike with everything said three times', () => {
    const property = fc.property(lives, ({ observations, register }) => {
      const once = new Recorder(createWatchContext(register))
      const thrice = new Recorder(createWatchContext(register))
      for (const observation of observations) {
        once.take([observation])
        thrice.take([observation, observation])
        thrice.take([observation])
      }
      const isJudged = ({ type }: { readonly type: string }) => type !== 'set-aside'
      expect(thrice.all.filter(isJudged)).toEqual(once.all.filter(isJudged))
      expect(thrice.state).toEqual(once.state)
    })
    fc.assert(property, cases)
  })

  it('is judged alike every time, and judging it again from the record finds nothing otherwise', () => {
    const property = fc.property(stories, story => {
      const first = asItCame(story)
      const second = asItCame(story)
      expect(second.all).toEqual(first.all)
      expect(second.state).toEqual(first.state)
      expect(first.rewind(Number.NEGATIVE_INFINITY).filter(isSaid)).toEqual([])
      expect(first.outcome()).toEqual(second.outcome())
    })
    fc.assert(property, cases)
  })

  it('is judged from any checkpoint as from the very beginning', () => {
    const property = fc.property(lives, fc.nat(), (life, choice) => {
      const recorder = inOrder(life)
      const { checkpoints, outcome } = { checkpoints: [...recorder.checkpoints], outcome: recorder.outcome() }
      const before = recorder.state
      const checkpoint = checkpoints[choice % Math.max(checkpoints.length, 1)]
      expect(recorder.rewind((checkpoint?.at ?? 0) + 1).filter(isSaid)).toEqual([])
      expect(recorder.state.timeline).toEqual(before.timeline)
      expect(recorder.outcome()).toEqual(outcome)
      expect(recorder.checkpoints).toEqual(checkpoints)
    })
    fc.assert(property, cases)
  })

  it('never makes anything throw, whatever the numbers', () => {
    const odd = fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -1, 1e300, 91, 181)
    const fixes = fc.array(
      fc.record({ at: odd, east: odd, lat: odd, lon: odd, accuracyM: odd, speedMps: odd, seq: odd, receivedAt: odd }),
      { maxLength: 5 },
    )
    const property = fc.property(fixes, registers, (specs, register) => {
      const observations = specs.map(spec => wrapFix(aFix(spec)))
      expect(() => judgeAll(emptyState(), observations, createWatchContext(register))).not.toThrow()
    })
    fc.assert(property, cases)
  })
})

const isSaid = ({ type }: { readonly type: string }): boolean => type === 'incident' || type === 'visit'
