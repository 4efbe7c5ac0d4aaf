import type { Hours } from '@cordon/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CompiledHours, compileHours } from './compile-hours.ts'
import { appliesByMinute, type Walk, walkClock } from './wall-clock.fixture.ts'

/** Cases for each property, shared among the walks; the full run asks for more. */
const CASES = Number(process.env.CORDON_PROPERTY_RUNS ?? 1_000)

const MINUTE = 60_000
const DAY_MINUTES = 1_440
const WALK_DAYS = 10
/** So much of a walk at either end is not judged by, for windows there have part of themselves outside it. */
const MARGIN = 2 * DAY_MINUTES

const walk = (timeZone: string, day: string): Walk =>
  walkClock(timeZone, Date.parse(`${day}T00:00Z`), WALK_DAYS * DAY_MINUTES)

const WALKS: readonly Walk[] = [
  walk('Europe/London', '2026-03-24'),
  walk('Europe/London', '2026-10-20'),
  walk('Europe/London', '2026-06-28'),
  walk('Australia/Sydney', '2026-03-31'),
  walk('Australia/Sydney', '2026-09-29'),
  walk('Australia/Lord_Howe', '2026-03-31'),
  walk('Australia/Lord_Howe', '2026-09-29'),
  walk('Asia/Tokyo', '2026-12-26'),
  walk('America/St_Johns', '2010-11-02'),
  walk('Africa/Cairo', '2026-04-19'),
]

const RUNS = { numRuns: Math.ceil(CASES / WALKS.length) }

const minuteOfDay = fc.oneof(
  fc.integer({ min: 0, max: DAY_MINUTES - 1 }),
  // Near the changes of all the clocks above, and on their edges.
  fc.integer({ min: 0, max: 200 }),
  fc.constantFrom(0, 30, 60, 90, 120, 150, 180, 1_380, 1_439),
)
const time = minuteOfDay.map(minute => new Date(minute * MINUTE).toISOString().slice(11, 16))
const days = fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), { minLength: 1 })

function hoursWithin({ timeZone, from }: Walk): fc.Arbitrary<Hours> {
  const date = fc
    .integer({ min: 0, max: WALK_DAYS - 1 })
    .map(day => new Date(from + day * DAY_MINUTES * MINUTE).toISOString().slice(0, 10))
  return fc.record({
    timeZone: fc.constant(timeZone),
    weekly: fc.array(fc.record({ days, from: time, to: time }), { maxLength: 4 }),
    exceptions: fc.array(fc.record({ date, from: time, to: time, applies: fc.boolean() }), { maxLength: 5 }),
  }) as fc.Arbitrary<Hours>
}

const judgedMinutes = Array.from({ length: WALK_DAYS * DAY_MINUTES - 2 * MARGIN }, (_, i) => i + MARGIN)

/** Minutes at which what applies is not what applied before, and some between. */
function questions(applies: readonly boolean[]): readonly number[] {
  return judgedMinutes.filter(i => applies[i] !== applies[i - 1] || applies[i] !== applies[i + 1] || i % 97 === 0)
}

/** The first minute after `i` for which the walk says `wanted`; undefined beyond what it can judge. */
function firstAfter(applies: readonly boolean[], i: number, wanted: boolean): number | undefined {
  const found = applies.indexOf(wanted, i + 1)
  return found === -1 || found > (judgedMinutes.at(-1) ?? 0) ? undefined : found
}

const ask = (hours: CompiledHours, at: number) => [hours.windowAt(at), hours.gapAt(at), hours.nextWindow(at)]

describe.each(WALKS.map(it => [it.timeZone, new Date(it.from).toISOString().slice(0, 10), it] as const))(
  'hours in %s from %s on',
  (_timeZone, _from, walked) => {
    const timeOf = (i: number) => walked.from + i * MINUTE

    it('apply at the minutes at which a walk along the clock says so', () => {
      const property = fc.property(hoursWithin(walked), written => {
        const applies = appliesByMinute(written, walked)
        const hours = compileHours(written)
        const wrong = questions(applies).filter(i => (hours.windowAt(timeOf(i)) !== undefined) !== applies[i])
        expect(wrong.map(timeOf)).toEqual([])
      })
      fc.assert(property, RUNS)
    })

    it('have windows and gaps that begin and end where the walk says so, and a next window that is the next', () => {
      const property = fc.property(hoursWithin(walked), written => {
        const applies = appliesByMinute(written, walked)
        const hours = compileHours(written)
        const isRight = (i: number): boolean => {
          const at = timeOf(i)
          const stretch = applies[i] ? hours.windowAt(at) : hours.gapAt(at)
          const end = firstAfter(applies, i, !applies[i])
          const start = applies[i] ? end && firstAfter(applies, end, true) : end
          if (end !== undefined && stretch?.to !== timeOf(end)) return false
          if (applies[i] !== applies[i - 1] && stretch?.from !== at) return false
          return start === undefined || hours.nextWindow(at)?.from === timeOf(start)
        }
        expect(questions(applies).filter(i => !isRight(i))).toEqual([])
      })
      fc.assert(property, RUNS)
    })

    it('give the same answers in whatever order they are asked', () => {
      const minutes = fc.array(fc.integer({ min: 0, max: WALK_DAYS * DAY_MINUTES }), { maxLength: 40 })
      const property = fc.property(hoursWithin(walked), minutes, (written, asked) => {
        const hours = compileHours(written)
        for (const i of asked) expect(ask(hours, timeOf(i))).toEqual(ask(compileHours(written), timeOf(i)))
      })
      fc.assert(property, RUNS)
    })
  },
)
