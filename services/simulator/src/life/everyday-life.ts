import type { Wearer } from '../people/wearer.ts'
import { createRandom } from '../random/create-random.ts'
import { middleOf } from './curfew-hours.ts'
import { type DayPlan, planDay } from './day-plan.ts'
import { type Day, londonDay } from './london-day.ts'
import { stretchAt, type Whereabouts, whereIn } from './stretch.ts'
import { usualPlacesOf } from './usual-places.ts'

/** A life without anything unusual in it. */
export interface EverydayLife {
  /** A pure function of the time: any time may be asked for, in any order. */
  at(time: number): Whereabouts
  /** The day that a time belongs to, from one night at home to the next. */
  dayOf(time: number): Day
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Share of people who work, or live, at night, so that the map is not still at 3 o'clock. */
const NIGHT_SHARE = 0.25
/** Days that are kept planned: an errand looks an hour and a half round itself. */
const DAYS_KEPT = 3

export function createEverydayLife(seed: number, wearer: Wearer): EverydayLife {
  const random = createRandom('habits', seed, wearer.tagId)
  const places = usualPlacesOf(wearer)
  const habitMs = (random.chance(NIGHT_SHARE) ? random.between(10, 14) : random.between(0, 2.5)) * HOUR_MS
  // A day begins and ends at home: of whoever has a curfew, in the middle of it.
  const shiftMs = wearer.curfew === null ? habitMs : middleOf(wearer.curfew) * MINUTE_MS
  const planned: DayPlan[] = []

  const planOf = (time: number): DayPlan => {
    const known = planned.find(({ from, to }) => time >= from && time < to)
    if (known !== undefined) return known
    const { from, to } = londonDay(time - shiftMs)
    const plan = planDay({ seed, wearer, places }, { from: from + shiftMs, to: to + shiftMs })
    planned.unshift(plan)
    planned.length = Math.min(planned.length, DAYS_KEPT)
    return plan
  }

  return {
    dayOf: time => {
      const { from, to } = planOf(time)
      return { from, to }
    },
    at: time => {
      const stretch = stretchAt(planOf(time).stretches, time)
      if (stretch === undefined) throw new RangeError('a day has no gaps')
      return whereIn(stretch, time)
    },
  }
}
