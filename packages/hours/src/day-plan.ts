import type { Hours } from '@cordon/contract'
import { clipPeriods, joinPeriods, type Period, takeAway } from './period.ts'
import { DAY_MS, MINUTE_MS, type ZoneClock } from './zone-clock.ts'

/** A time of day that repeats or is excepted: minutes from the midnight of the day it belongs to; `to` is up to 24 h later. */
export interface DayTime {
  readonly fromMinute: number
  readonly toMinute: number
}

/** What a local date has of its own beginning. */
interface OwnTimes {
  readonly weekly: readonly DayTime[]
  readonly taken: readonly DayTime[]
  readonly added: readonly DayTime[]
}

/** The hours as they come out on each local day. */
export interface DayPlan {
  /** When the hours apply within the real time of a local day, in order, not touching one another. */
  periodsOn(day: number): readonly Period[]
  /** Days with an exception, in order. */
  readonly exceptionDays: readonly number[]
  /** Whether the weekly windows leave no minute of the week out, or have none at all. */
  readonly week: 'full' | 'empty' | 'mixed'
}

const WEEK_DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const DAY_MINUTES = 1_440
const WEEK_MINUTES = 7 * DAY_MINUTES
const NONE: readonly DayTime[] = []

/**
 * A day that was worked out costs some microseconds and is asked for again by its neighbours, whose windows it may continue. More
 * than so many are not kept: a watch moves forward through its days.
 */
const DAYS_KEPT = 64

export function planDays(hours: Hours, clock: ZoneClock): DayPlan {
  const weekly = WEEK_DAYS.map(name => hours.weekly.filter(window => window.days.includes(name)).map(dayTime))
  const exceptions = exceptionsByDay(hours)
  const kept = new Map<number, readonly Period[]>()

  function ownTimes(day: number): OwnTimes {
    // 1970-01-01 was a Thursday.
    const ofWeek = weekly[(((day + 4) % 7) + 7) % 7] as readonly DayTime[]
    const ofDate = exceptions.get(day)
    return { weekly: ofWeek, taken: ofDate?.taken ?? NONE, added: ofDate?.added ?? NONE }
  }

  function workOut(day: number): readonly Period[] {
    // What began the day before yesterday can last into today where midnight is repeated: today begins with the first midnight, and
    // a window up to 23:59 of yesterday ends at its second 23:59.
    const days = [day - 2, day - 1, day].map(begun => ({ times: ownTimes(begun), midnight: begun * DAY_MS }))
    const weekly = days.flatMap(({ times, midnight }) => times.weekly.map(time => windowOf(time, midnight, clock)))
    const taken = days.flatMap(({ times, midnight }) => times.taken.map(time => takenBy(time, midnight, clock)))
    const added = days.flatMap(({ times, midnight }) => times.added.map(time => windowOf(time, midnight, clock)))
    const bounds = { from: clock.firstAt(day * DAY_MS), to: clock.firstAt((day + 1) * DAY_MS) }
    return clipPeriods(joinPeriods([...takeAway(weekly, taken), ...added]), bounds)
  }

  return {
    exceptionDays: [...exceptions.keys()].sort((a, b) => a - b),
    week: shapeOfWeek(weekly),
    periodsOn(day) {
      const known = kept.get(day)
      if (known !== undefined) return known
      const periods = workOut(day)
      if (kept.size >= DAYS_KEPT) kept.clear()
      kept.set(day, periods)
      return periods
    },
  }
}

/** From the first instant to the last at which the clock shows a time of the window; empty when it never does. */
function windowOf({ fromMinute, toMinute }: DayTime, midnight: number, clock: ZoneClock): Period {
  return {
    from: clock.firstAt(midnight + fromMinute * MINUTE_MS),
    to: clock.endAt(midnight + toMinute * MINUTE_MS),
  }
}

/**
 * What an exception takes away: what would be left out had the hours been written as the windows before and after it. Within a
 * repeated hour that may be nothing; then it is the first occurrence, so that no permission is lost.
 */
function takenBy({ fromMinute, toMinute }: DayTime, midnight: number, clock: ZoneClock): Period {
  const to = clock.firstAt(midnight + toMinute * MINUTE_MS)
  const from = clock.endAt(midnight + fromMinute * MINUTE_MS)
  return from < to ? { from, to } : { from: clock.firstAt(midnight + fromMinute * MINUTE_MS), to }
}

function exceptionsByDay({ exceptions = [] }: Hours): ReadonlyMap<number, { taken: DayTime[]; added: DayTime[] }> {
  const byDay = new Map<number, { taken: DayTime[]; added: DayTime[] }>()
  for (const exception of exceptions) {
    const day = Date.parse(exception.date) / DAY_MS
    const ofDate = byDay.get(day) ?? { taken: [], added: [] }
    byDay.set(day, ofDate)
    const list = exception.applies ? ofDate.added : ofDate.taken
    list.push(dayTime(exception))
  }
  return byDay
}

function dayTime({ from, to }: { readonly from: string; readonly to: string }): DayTime {
  const [fromMinute, toMinute] = [minuteOf(from), minuteOf(to)]
  return { fromMinute, toMinute: toMinute > fromMinute ? toMinute : toMinute + DAY_MINUTES }
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

function shapeOfWeek(weekly: readonly (readonly DayTime[])[]): DayPlan['week'] {
  const times = weekly.flatMap((ofDay, day) =>
    ofDay.map(time => ({ from: day * DAY_MINUTES + time.fromMinute, to: day * DAY_MINUTES + time.toMinute })),
  )
  if (times.length === 0) return 'empty'
  // Saturday's windows run on into the same week's Sunday.
  const earlier = times.map(({ from, to }) => ({ from: from - WEEK_MINUTES, to: to - WEEK_MINUTES }))
  const [first] = clipPeriods(joinPeriods([...earlier, ...times]), { from: 0, to: WEEK_MINUTES })
  return first?.from === 0 && first.to === WEEK_MINUTES ? 'full' : 'mixed'
}
