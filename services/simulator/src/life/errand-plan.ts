import type { Wearer } from '../people/wearer.ts'
import { createRandom, shuffled } from '../random/create-random.ts'
import type { EverydayLife } from './everyday-life.ts'

/** Something unusual that a wearer is going to do: go to the place they must avoid, or walk past it. */
export interface PlannedErrand {
  readonly kind: 'visit' | 'pass'
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
  readonly underWay: string | undefined
}

export interface PlannerOptions {
  readonly seed: number
  readonly tagIds: readonly string[]
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Of 200 wearers 6 visit on a day, and never fewer than 3 of any number; 10 more walk past. */
const VISITING_SHARE = 0.03
const LEAST_VISITING = 3
const PASSING_SHARE = 0.05

/** Each of a small share of people once a day, at a time that only the seed knows. */
export function createDailyPlanner({ seed, tagIds }: PlannerOptions): ErrandPlanner {
  const order = shuffled(tagIds, createRandom('errands', seed))
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
  return { planFor, underWay: undefined }
}

/** The demonstration: one after the other, each kind in a beat of its own. */
interface Beat {
  readonly kind: PlannedErrand['kind']
  readonly everyMs: number
  /** Either way, so that the least and the greatest gap are two of these from the beat. */
  readonly jitterMs: number
  /** First arrival after the start, without jitter. */
  readonly firstMs: number
}

/** The first visitor is on foot when the run starts, 215 m from the place; from the car it was 420 m. */
const FIRST_ARRIVAL_MS = -((420 - 215) / 1.4) * 1_000
/** 4 to 8 minutes between visits; and now and then somebody who only walks past. */
const VISITS: Beat = { kind: 'visit', everyMs: 6 * MINUTE_MS, jitterMs: MINUTE_MS, firstMs: FIRST_ARRIVAL_MS }
const PASSES: Beat = { kind: 'pass', everyMs: 10 * MINUTE_MS, jitterMs: 2 * MINUTE_MS, firstMs: 90_000 }
/** So many people take turns: each visits once in four hours, which is longer than the longest errand. */
const TURNS = 40

export interface DemoOptions extends PlannerOptions {
  readonly startedAt: number
}

/** A visit right after the start and another every few minutes. Who begins changes from start to start. */
export function createDemoPlanner({ seed, tagIds, startedAt }: DemoOptions): ErrandPlanner {
  const order = shuffled(tagIds, createRandom('demonstration', seed, startedAt))
  const turnsOf = (list: readonly string[]) => new Map(list.slice(0, TURNS).map((tagId, turn) => [tagId, turn]))
  const visitors = turnsOf(order)
  const passers = turnsOf(order.toReversed())
  const arrivals = (beat: Beat, turn: number | undefined, [from, to]: readonly [number, number]) => {
    const found: PlannedErrand[] = []
    if (turn === undefined) return found
    const cycleMs = beat.everyMs * TURNS
    const first = Math.max(0, Math.floor((from - beat.jitterMs - startedAt - beat.firstMs) / cycleMs) - 1)
    for (let round = first; startedAt + beat.firstMs + round * cycleMs <= to + beat.jitterMs; round++) {
      const beats = round * TURNS + turn
      const jitter = beats === 0 ? 0 : createRandom('beat', seed, beat.kind, startedAt, beats).between(-1, 1)
      const arriveAt = startedAt + beat.firstMs + beats * beat.everyMs + jitter * beat.jitterMs
      if (arriveAt >= from && arriveAt < to) found.push({ kind: beat.kind, arriveAt })
    }
    return found
  }
  const planFor: ErrandPlanner['planFor'] = ({ tagId }) => ({
    errandsBetween: (from, to) => [
      ...arrivals(VISITS, visitors.get(tagId), [from, to]),
      ...arrivals(PASSES, passers.get(tagId), [from, to]),
    ],
  })
  return { planFor, underWay: order[0] }
}
