import { asId, DEVICE_EVENT_TYPES, FIX_SOURCES } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WatchedCondition } from './condition/watched-condition.ts'
import { createWatchContext } from './context/watch-context.ts'
import { judgeAll, wrapEvent, wrapFix } from './judge.ts'
import { emptyState } from './state.ts'
import { Recorder } from './testing/record.fixture.ts'
import {
  aCondition,
  aFix,
  anEvent,
  aRegister,
  hoursOf,
  MINUTE,
  SECOND,
  START,
  zoneOf,
} from './testing/timeline.fixture.ts'
import type { Observation } from './timeline/observation.ts'

/** The full run has 10,000 and more: `CORDON_PROPERTY_RUNS=10000`. */
const RUNS = Number(process.env.CORDON_PROPERTY_RUNS ?? 300)

/** A wearer's way: mostly small steps, now and then a leap, with stops, so that boundaries are crossed and hung about. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -40, max: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: -300, max: 300 }) },
  { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
)
const wait = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(15, 30, 60) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 900 }) },
  { weight: 1, arbitrary: fc.integer({ min: 900, max: 20_000 }) },
)

const report = fc.record({
  wait,
  step,
  north: fc.integer({ min: -250, max: 250 }),
  accuracyM: fc.oneof(fc.constantFrom(5, 10, 20), fc.integer({ min: 1, max: 3_000 }), fc.constant(null)),
  source: fc.constantFrom(...FIX_SOURCES, 'gnss' as const, 'gnss' as const),
  speedMps: fc.option(fc.integer({ min: 0, max: 20 })),
  battery: fc.option(fc.integer({ min: 0, max: 100 })),
  event: fc.option(fc.constantFrom(...DEVICE_EVENT_TYPES), { freq: 8 }),
})

const timeline = fc.array(report, { minLength: 1, maxLength: 40 }).map(reports => {
  let at = 0
  let east = 300
  const observations: Observation[] = []
  for (const [seq, { wait: seconds, step: metres, event, ...given }] of reports.entries()) {
    at += seconds * SECOND
    east = Math.abs(east + metres) > 20_000 ? 250 : east + metres
    observations.push(wrapFix(aFix({ ...given, at, east, seq })))
    if (event !== null) observations.push(wrapEvent(anEvent(at + SECOND, event, { seq, battery: given.battery })))
  }
  return observations
})

const conditions = fc
  .array(
    fc.record({
      kind: fc.constantFrom('exclusion', 'exclusion', 'inclusion', 'restriction', 'interest'),
      halfM: fc.integer({ min: 30, max: 400 }),
      bufferM: fc.constantFrom(0, 0, 60),
      priority: fc.integer({ min: 0, max: 2 }),
      hours: fc.option(
        fc.constantFrom(hoursOf('10:20', '11:40'), hoursOf('09:00', '10:30'), hoursOf('10:30', '10:15')),
      ),
      edit: fc.option(fc.record({ at: fc.integer({ min: 0, max: 90 }), halfM: fc.integer({ min: 30, max: 400 }) })),
      pass: fc.option(
        fc.record({
          at: fc.integer({ min: 0, max: 90 }),
          minutes: fc.integer({ min: 1, max: 60 }),
          isCorridor: fc.boolean(),
        }),
      ),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(specs =>
    specs.flatMap(({ kind, halfM, bufferM, priority, hours, edit, pass }, index): WatchedCondition[] => {
      const [conditionId, zoneId] = [
        asId<WatchedCondition['conditionId']>(`${index + 1}`),
        asId<WatchedCondition['zoneId']>(`${index + 70}`),
      ]
      const passes =
        pass === null
          ? []
          : [
              {
                from: START + pass.at * MINUTE,
                to: START + (pass.at + pass.minutes) * MINUTE,
                corridor: pass.isCorridor ? zoneOf(60) : null,
              },
            ]
      const shared = { conditionId, zoneId, kind, bufferM, priority, hours, passes } as const
      const editedAt = edit === null ? null : START + edit.at * MINUTE
      const first = aCondition({ ...shared, zone: zoneOf(halfM, bufferM), to: editedAt })
      if (edit === null || editedAt === null) return [first]
      return [first, aCondition({ ...shared, zoneVersion: 2, zone: zoneOf(edit.halfM, bufferM), from: editedAt })]
    }),
  )

/** How it comes: in what order, in what batches, what twice, with what ticks between. */
const arrival = (length: number) =>
  fc.record({
    order: fc.oneof(
      fc.array(fc.nat(), { minLength: length, maxLength: length }),
      fc.constant(Array.from({ length }, (_, i) => length - i)),
      // almost in order, as it is in life
      fc.array(fc.nat(3), { minLength: length, maxLength: length }).map(jitter => jitter.map((j, i) => i + j)),
    ),
    batchSizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: length }),
    again: fc.array(fc.nat(length - 1), { maxLength: 6 }),
    ticks: fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 6 }),
  })

const story = timeline.chain(observations =>
  fc.record({ observations: fc.constant(observations), conditions, arrival: arrival(observations.length) }),
)

const endOf = (observations: readonly Observation[]): number =>
  Math.max(...observations.map(one => (one.type === 'fix' ? one.fix.measuredAt : one.event.measuredAt))) +
  25_000 * SECOND

const contextOf = (given: readonly WatchedCondition[]) => createWatchContext(aRegister(given))

function inOrder(observations: readonly Observation[], given: readonly WatchedCondition[]): Recorder {
  const recorder = new Recorder(contextOf(given))
  for (const observation of observations) recorder.take([observation])
  recorder.tick(endOf(observations))
  return recorder
}

function asItCame(observations: readonly Observation[], given: readonly WatchedCondition[], how: Arrival): Recorder {
  const recorder = new Recorder(contextOf(given))
  const shuffled = observations.map((observation, i) => ({ observation, place: how.order[i] ?? 0 }))
  shuffled.sort((a, b) => a.place - b.place)
  const queue = shuffled.map(({ observation }) => observation)
  for (const index of how.again) queue.splice((index * 7) % (queue.length + 1), 0, observations[index] as Observation)
  const ticks = [...how.ticks].sort((a, b) => a - b).map(seconds => START + seconds * SECOND)
  for (let i = 0; queue.length > 0; i++) {
    recorder.take(queue.splice(0, how.batchSizes[i % how.batchSizes.length]))
    const tick = ticks[i]
    if (tick !== undefined) recorder.tick(tick)
  }
  recorder.tick(endOf(observations))
  return recorder
}

type Arrival = typeof story extends fc.Arbitrary<infer S> ? (S extends { arrival: infer A } ? A : never) : never

describe('any timeline', () => {
  it('ends in the same incidents whatever order, batches and repeats it came in', () => {
    fc.assert(
      fc.property(story, ({ observations, conditions: given, arrival: how }) => {
        const sorted = inOrder(observations, given)
        const shuffled = asItCame(observations, given, how)
        expect(shuffled.outcome()).toEqual(sorted.outcome())
        expect(shuffled.state.timeline).toEqual(sorted.state.timeline)
        expect(new Set(shuffled.nearMisses.keys())).toEqual(new Set(sorted.nearMisses.keys()))
      }),
      { numRuns: RUNS },
    )
  })

  it('is judged alike with everything said three times', () => {
    fc.assert(
      fc.property(timeline, conditions, (observations, given) => {
        const once = new Recorder(contextOf(given))
        const thrice = new Recorder(contextOf(given))
        for (const observation of observations) {
          once.take([observation])
          thrice.take([observation, observation])
          thrice.take([observation])
        }
        expect(thrice.all).toEqual(once.all)
        expect(thrice.state).toEqual(once.state)
      }),
      { numRuns: RUNS },
    )
  })

  it('is judged alike every time, and judging it again from the record finds nothing otherwise', () => {
    fc.assert(
      fc.property(timeline, conditions, (observations, given) => {
        const first = inOrder(observations, given)
        const second = inOrder(observations, given)
        expect(second.all).toEqual(first.all)
        expect(second.state).toEqual(first.state)
        const again = first.rewind(Number.NEGATIVE_INFINITY)
        expect(again.filter(({ type }) => type === 'incident' || type === 'visit')).toEqual([])
        expect(first.outcome()).toEqual(second.outcome())
      }),
      { numRuns: RUNS },
    )
  })

  it('never makes anything throw, whatever the numbers', () => {
    const odd = fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -1, 1e300, 91, 181)
    const fixes = fc.array(
      fc.record({ at: odd, east: odd, lat: odd, lon: odd, accuracyM: odd, speedMps: odd, seq: odd, receivedAt: odd }),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(fixes, conditions, (specs, given) => {
        const observations = specs.map(spec => wrapFix(aFix(spec)))
        expect(() => judgeAll(emptyState(), observations, contextOf(given))).not.toThrow()
      }),
      { numRuns: RUNS },
    )
  })
})
