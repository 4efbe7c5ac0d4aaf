import type { Curfew } from '../people/wearer.ts'
import { type Day, londonDay } from './london-day.ts'

/** Epoch milliseconds, `to` excluded. */
export interface Hours {
  readonly from: number
  readonly to: number
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** The hours of the curfew that a time lies in; undefined for somebody who may be anywhere then. */
export function curfewAt(curfew: Curfew | null, at: number): Hours | undefined {
  if (curfew === null) return undefined
  const today = londonDay(at)
  const hours = [londonDay(today.from - 1), today].map(day => hoursBegunOn(day, curfew))
  return hours.find(({ from, to }) => at >= from && at < to)
}

function hoursBegunOn(day: Day, { from, to }: Curfew): Hours {
  const isOverMidnight = minutesOf(to) <= minutesOf(from)
  const last = isOverMidnight ? londonDay(day.to) : day
  return { from: londonTime(day, minutesOf(from)), to: londonTime(last, minutesOf(to)) }
}

/** Counted from the day's end, since the clocks change early in it; no curfew of ours begins or ends before three. */
const londonTime = ({ to }: Day, minutes: number) => to - (DAY_MINUTES - minutes) * MINUTE_MS

/** Minutes after midnight of a time on the clock. */
function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/** Minutes after midnight of the middle of a curfew: whoever has it is asleep, or at any rate at home. */
export function middleOf(curfew: Curfew): number {
  const [from, to] = [minutesOf(curfew.from), minutesOf(curfew.to)]
  return ((from + (to <= from ? to + DAY_MINUTES : to)) / 2) % DAY_MINUTES
}
