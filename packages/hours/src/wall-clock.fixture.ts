import type { Hours } from '@cordon/contract'

/** The slow way to know when hours apply: a walk along the readings of a clock, minute by minute, as `Intl` writes them. */

const MINUTE = 60_000
const DAY = 86_400_000
const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** What the clock shows at each minute from `from` on, as milliseconds as if it were UTC. */
export interface Walk {
  readonly timeZone: string
  readonly from: number
  readonly readings: readonly number[]
}

export function walkClock(timeZone: string, from: number, minutes: number): Walk {
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = new Intl.DateTimeFormat('sv', { timeZone, ...digits })
  const readings = Array.from({ length: minutes }, (_, i) =>
    Date.parse(`${format.format(from + i * MINUTE).replace(' ', 'T')}Z`),
  )
  return { timeZone, from, readings }
}

/** For each minute of the walk whether the hours apply. Of no worth within two days of the walk's beginning and end. */
export function appliesByMinute({ weekly, exceptions = [] }: Hours, { readings }: Walk): readonly boolean[] {
  const applies = readings.map(() => false)
  for (const day of daysOf(readings)) {
    const name = WEEK_DAYS[new Date(day).getUTCDay()] ?? 'sun'
    for (const window of weekly)
      if (window.days.includes(name)) applies.fill(true, ...fromFirstToLast(readings, readingsOf(day, window)))
  }
  for (const taking of exceptions.filter(exception => !exception.applies))
    applies.fill(false, ...leftOut(readings, readingsOf(Date.parse(taking.date), taking)))
  for (const adding of exceptions.filter(exception => exception.applies))
    applies.fill(true, ...fromFirstToLast(readings, readingsOf(Date.parse(adding.date), adding)))
  return applies
}

/** Indexes of the first minute and of the one after the last. */
type Minutes = readonly [from: number, to: number]

interface Readings {
  readonly from: number
  readonly to: number
}

function readingsOf(day: number, { from, to }: { readonly from: string; readonly to: string }): Readings {
  const begins = day + Date.parse(`1970-01-01T${from}Z`)
  const ends = day + Date.parse(`1970-01-01T${to}Z`)
  return { from: begins, to: ends > begins ? ends : ends + DAY }
}

function daysOf(readings: readonly number[]): readonly number[] {
  const days = new Set(readings.map(reading => Math.floor(reading / DAY) * DAY))
  return [Math.min(...days) - DAY, ...days]
}

function fromFirstToLast(readings: readonly number[], { from, to }: Readings): Minutes {
  const isWithin = (reading: number) => reading >= from && reading < to
  const first = readings.findIndex(isWithin)
  return first === -1 ? [0, 0] : [first, readings.findLastIndex(isWithin) + 1]
}

/** What neither a window up to `from` nor one beginning at `to` would reach; if that is nothing, the first occurrence. */
function leftOut(readings: readonly number[], { from, to }: Readings): Minutes {
  const afterAllBefore = readings.findLastIndex(reading => reading < from) + 1
  const firstAfter = readings.findIndex(reading => reading >= to)
  const end = firstAfter === -1 ? readings.length : firstAfter
  if (afterAllBefore < end) return [afterAllBefore, end]
  const first = readings.findIndex(reading => reading >= from)
  return first === -1 ? [0, 0] : [first, end]
}
