import type { Wearer } from '../people/wearer.ts'
import { createRandom, shuffled } from '../random/create-random.ts'
import type { EverydayLife } from './everyday-life.ts'

/**
 * Something unusual that a wearer is going to do: go to the place they must avoid, walk past it, or go out when they should be
 * at home.
 */
export interface PlannedErrand {
  readonly kind: 'visit' | 'pass' | 'outing'
  /** When they get out of the car near the place, epoch milliseconds. */
  readonly arriveAt: number
}

export interface ErrandPlan {
  /** All whose arrival lies in the time, `to` excluded. */
  errandsBetween(from: number, to: number): readonly PlannedErrand[]
}

/** Who does what is decided once for a run, by the seed. */
export interface ErrandPlanner {
  /** `everyday` tells when the wearer's days begin. */
  planFor(wearer: Wearer, everyday: EverydayLife): ErrandPlan
  /** Whose errand is under way when the run starts: their tags should be on the air first. */
  readonly underWay: ReadonlySet<string>
}

export interface PlannerOptions {
  readonly seed: number
  readonly wearers: readonly Pick<Wearer, 'tagId' | 'curfew'>[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Of 200 wearers 6 visit on a day, and never fewer than 3 of any number; 10 more walk past. */
const VISITING_SHARE = 0.03
const LEAST_VISITING = 3
const PASSING_SHARE = 0.05

/** Each of a small share of people once a day, at a time that only the seed knows. */
export function createDailyPlanner({ seed, wearers }: PlannerOptions): ErrandPlanner {
  const order = shuffled(tagIdsOf(wearers), createRandom('errands', seed))
  const visiting = Math.max(LEAST_VISITING, Math.ceil(order.length * VISITING_SHARE))
  const visitors = new Set(order.slice(0, visiting))
  const passing = Math.ceil(order.length * PASSING_SHARE)
  const passers = new Set(order.slice(visiting, visiting + passing))
  const planFor: ErrandPlanner['planFor'] = ({ tagId }, everyday) => {
    const kind = visitors.has(tagId) ? 'visit' : passers.has(tagId) ? 'pass' : undefined
    if (kind === undefined) return { errandsBetween: () => [] }
    const errandOf = (time: number): PlannedErrand => {
      const { from } = everyday.dayOf(time)
      const hours = createRandom('errand', seed, tagId, from).between(9, 18)
      return { kind, arriveAt: from + hours * HOUR_MS }
    }
    return {
      errandsBetween: (from, to) =>
        [errandOf(from), errandOf(everyday.dayOf(from).to)].filter(({ arriveAt }) => arriveAt >= from && arriveAt < to),
    }
  }
  return { planFor, underWay: new Set() }
}

export const tagIdsOf = (wearers: readonly Pick<Wearer, 'tagId'>[]) => wearers.map(({ tagId }) => tagId)
