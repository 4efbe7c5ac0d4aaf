import { DEVICE_EVENT_TYPES, FIX_SOURCES, type Fix } from '@cordon/contract'
import fc from 'fast-check'
import { wrapEvent, wrapFix } from '../judge.ts'
import type { Observation } from '../timeline/observation.ts'
import { aFix, anEvent, SECOND } from './timeline.fixture.ts'

/** What the tag reports of a moment, some seconds after the one before and some metres on. */
interface Report {
  readonly wait: number
  readonly east: number
  readonly north: number
  readonly given: Partial<Fix>
  readonly event: (typeof DEVICE_EVENT_TYPES)[number] | null
}

/** Null, but of once in so many times. */
export const sometimes = <Value>(times: number, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const battery = sometimes(3, fc.integer({ min: 0, max: 100 }))

/** Anything: leaps, long waits, circles of all sizes, any source. */
const wildReport: fc.Arbitrary<Report> = fc
  .record({
    wait: fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(15, 30, 60) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 900 }) },
      { weight: 1, arbitrary: fc.integer({ min: 900, max: 20_000 }) },
    ),
    east: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -700, max: 700 }) },
      { weight: 1, arbitrary: fc.integer({ min: -30_000, max: 30_000 }) },
    ),
    north: fc.integer({ min: -250, max: 250 }),
    accuracyM: fc.oneof(fc.constantFrom(5, 10, 20), fc.integer({ min: 1, max: 6_000 }), fc.constant(null)),
    source: fc.constantFrom(...FIX_SOURCES, 'gnss' as const, 'gnss' as const),
    speedMps: fc.option(fc.integer({ min: 0, max: 20 })),
    battery,
    event: sometimes(8, fc.constantFrom(...DEVICE_EVENT_TYPES)),
  })
  .map(({ wait, east, north, event, ...given }) => ({ wait, east, north, event, given }))

/** A way to a place and a stay there, as people do, with a tag that is mostly right. */
const leg: fc.Arbitrary<readonly Report[]> = fc
  .record({
    east: fc.constantFrom(0, 0, 40, 150, 230, 300, 450, -260, -600, 2_500),
    north: fc.constantFrom(0, 0, 50, -120, 260),
    fixes: fc.integer({ min: 1, max: 6 }),
    wait: fc.constantFrom(15, 30, 60, 60, 60, 120, 300),
    gap: fc.constantFrom(0, 0, 0, 120, 900, 3_600, 9_000),
    accuracyM: fc.constantFrom(5, 10, 10, 30, 80, null),
    source: fc.constantFrom(...FIX_SOURCES, 'gnss' as const, 'gnss' as const, 'gnss' as const),
    wobble: fc.array(fc.integer({ min: -25, max: 25 }), { minLength: 6, maxLength: 6 }),
    battery,
    event: sometimes(4, fc.constantFrom(...DEVICE_EVENT_TYPES)),
  })
  .map(({ fixes, wait, gap, wobble, east, north, event, ...given }) =>
    wobble.slice(0, fixes).map((metres, i) => ({
      wait: i === 0 ? wait + gap : wait,
      east: east + metres,
      north: north - metres,
      given,
      event: i === 0 ? event : null,
    })),
  )

/** A day of a wearer round the middle, as observations in the order of measurement. */
export const timelines: fc.Arbitrary<readonly Observation[]> = fc
  .oneof(
    { weight: 1, arbitrary: fc.array(wildReport, { minLength: 1, maxLength: 40 }) },
    {
      weight: 2,
      arbitrary: fc.array(
        fc.oneof({ weight: 8, arbitrary: leg }, { weight: 1, arbitrary: wildReport.map(one => [one]) }),
        {
          minLength: 1,
          maxLength: 9,
          size: 'max',
        },
      ),
    },
  )
  .map(reports => observe(reports.flat()))

function observe(reports: readonly Report[]): readonly Observation[] {
  const observations: Observation[] = []
  let at = 0
  for (const [seq, { wait, event, given, ...place }] of reports.entries()) {
    at += wait * SECOND
    observations.push(wrapFix(aFix({ ...given, ...place, at, seq })))
    if (event === null) continue
    observations.push(wrapEvent(anEvent(at + SECOND, event, { seq, battery: given.battery ?? null })))
  }
  return observations
}
