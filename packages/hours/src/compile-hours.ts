import type { Hours } from '@cordon/contract'
import { type DayPlan, planDays } from './day-plan.ts'
import type { Period } from './period.ts'
import { DAY_MS, type ZoneClock, zoneClock } from './zone-clock.ts'

/** Hours prepared once and asked for every fix. Immutable as far as a caller can see. */
export interface CompiledHours {
  readonly timeZone: string
  /** The window that contains `at` (epoch ms); windows that touch or overlap are one. Without end where the hours are never off. */
  windowAt(at: number): Period | undefined
  /** The time between two windows that contains `at`; without beginning or end where there is no window before or after. */
  gapAt(at: number): Period | undefined
  /** The first window that begins after `at`; undefined when there is none ever. */
  nextWindow(at: number): Period | undefined
}

/** A window or a gap between two. */
interface Stretch extends Period {
  readonly applies: boolean
}

const NEVER: Stretch = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY, applies: false }

/**
 * When the hours of a condition apply.
 *
 * - A weekly window belongs to the days on which it begins. `to` at or before `from` is on the next local day: 19:00 to 07:00 is a
 *   night, 00:00 to 00:00 is the whole day.
 * - An exception belongs to its date in the same way and beats the weekly windows: `applies: false` takes its time away, whichever
 *   day's window lay there (all of 25 December also cuts the end off the night that began on the 24th); `applies: true` adds its
 *   time, and beats an exception that takes away, so a date can be emptied and given other hours.
 * - Clock changes. A window lasts from the first instant to the last at which a clock on the wall shows a time in it. So one that
 *   begins or ends in the missing hour does so at the change; one that lies within the missing hour does not occur, for nobody
 *   could have seen it begin; one that begins in the repeated hour begins at the first occurrence and one that ends there ends at
 *   the second, for a curfew must not be shorter than written. Everything else keeps its wall time and is as long as the night
 *   really is: 19:00 to 07:00 has 11 and 13 hours.
 * - By the same measure an exception takes away no more than written: what begins in the repeated hour is taken away from the second
 *   occurrence on, what ends there until the first. One that would lose all its time by that is taken away at the first occurrence.
 *
 * Throws a RangeError when there is no such time zone. The rest of `hours` is trusted: `checkHours` is for what people send.
 */
export function compileHours(hours: Hours): CompiledHours {
  const clock = zoneClock(hours.timeZone)
  if (clock === undefined) throw new RangeError(`there is no time zone ${JSON.stringify(hours.timeZone)}`)
  const stretchAt = createStretchFinder(planDays(hours, clock), clock)
  // Asked in a hot loop with times that mostly increase: the answer before this one is nearly always the answer.
  let here = NEVER
  let [comesAfter, next]: [Stretch, Stretch | undefined] = [NEVER, undefined]
  const find = (at: number): Stretch => {
    if (at < here.from || at >= here.to) here = stretchAt(at)
    return here
  }
  return {
    timeZone: clock.timeZone,
    windowAt(at) {
      const stretch = find(at)
      return stretch.applies ? stretch : undefined
    },
    gapAt(at) {
      const stretch = find(at)
      return stretch.applies ? undefined : stretch
    },
    nextWindow(at) {
      const stretch = find(at)
      if (comesAfter !== stretch) [comesAfter, next] = [stretch, windowAfter(stretch, stretchAt)]
      return next
    },
  }
}

function windowAfter({ applies, to }: Stretch, stretchAt: (at: number) => Stretch): Stretch | undefined {
  const start = applies && to < Number.POSITIVE_INFINITY ? stretchAt(to).to : to
  return start < Number.POSITIVE_INFINITY ? stretchAt(start) : undefined
}

/** Looks for the window or gap round a time from that time's day outwards. */
function createStretchFinder(plan: DayPlan, clock: ZoneClock): (at: number) => Stretch {
  const periodsAt = (at: number): readonly Period[] => plan.periodsOn(clock.dayOf(at))

  function endOfWindow(end: number): number {
    for (let to = end; ; ) {
      if (plan.week === 'full') to = skipForward(to)
      if (to === Number.POSITIVE_INFINITY) return to
      const more = periodsAt(to).find(({ from }) => from === to)
      if (more === undefined) return to
      to = more.to
    }
  }

  function beginningOfWindow(beginning: number): number {
    for (let from = beginning; ; ) {
      if (plan.week === 'full') from = skipBack(from)
      if (from === Number.NEGATIVE_INFINITY) return from
      const more = periodsAt(from - 1).at(-1)
      if (more === undefined || more.to !== from) return from
      from = more.from
    }
  }

  function endOfGap(at: number): number {
    for (let after = at; ; ) {
      if (plan.week === 'empty') after = skipForward(after)
      if (after === Number.POSITIVE_INFINITY) return after
      const next = periodsAt(after).find(({ from }) => from >= after)
      if (next !== undefined) return next.from
      after = clock.firstAt((clock.dayOf(after) + 1) * DAY_MS)
    }
  }

  function beginningOfGap(at: number): number {
    for (let before = at + 1; ; ) {
      if (plan.week === 'empty') before = skipBack(before)
      if (before === Number.NEGATIVE_INFINITY) return before
      const day = clock.dayOf(before - 1)
      const last = plan.periodsOn(day).findLast(({ to }) => to <= before)
      if (last !== undefined) return last.to
      before = clock.firstAt(day * DAY_MS)
    }
  }

  /** The first instant from `at` on whose day an exception may touch: its date or one of the two after. Else nothing differs any more. */
  function skipForward(at: number): number {
    const day = clock.dayOf(at)
    const exception = plan.exceptionDays.find(excepted => excepted + 2 >= day)
    if (exception === undefined) return Number.POSITIVE_INFINITY
    return Math.max(at, clock.firstAt(exception * DAY_MS))
  }

  /** The same backwards: the end of the last day before `at` that an exception may touch. */
  function skipBack(at: number): number {
    const day = clock.dayOf(at - 1)
    const exception = plan.exceptionDays.findLast(excepted => excepted <= day)
    if (exception === undefined) return Number.NEGATIVE_INFINITY
    return Math.min(at, clock.firstAt((exception + 3) * DAY_MS))
  }

  return at => {
    const window = periodsAt(at).find(({ from, to }) => from <= at && at < to)
    if (window === undefined) return { from: beginningOfGap(at), to: endOfGap(at), applies: false }
    return { from: beginningOfWindow(window.from), to: endOfWindow(window.to), applies: true }
  }
}
