import { beforeAll, describe, expect, it } from 'vitest'
import { distanceM } from '../ground/point.ts'
import { createPopulation } from '../people/create-population.ts'
import { createRandom, shuffled } from '../random/create-random.ts'
import { createLife, type Life } from './create-life.ts'
import { curfewAt } from './curfew-hours.ts'
import { createDemoPlanner } from './demo-plan.ts'
import type { Errand } from './errand.ts'
import { createDailyPlanner, type ErrandPlanner } from './errand-plan.ts'

const SEED = 1
const START = Date.parse('2026-11-22T06:00:00Z')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const STEP_MS = 20_000
const { wearers } = createPopulation(SEED, 200)
const daily = createDailyPlanner({ seed: SEED, wearers })
const demo = createDemoPlanner({ seed: SEED, wearers, startedAt: START })
const livesWith = (planner: ErrandPlanner) => wearers.map(wearer => createLife({ seed: SEED, wearer, planner }))

/** What a day of all of them amounts to. */
interface Observed {
  readonly nearestRoutineM: number
  readonly fastestMps: number
  /** Wearers on their way, for each hour, as a share. */
  readonly moving: readonly number[]
  readonly errands: readonly { readonly errand: Errand; readonly nearestM: number }[]
}

function observe(lives: readonly Life[], hours: number): Observed {
  const errands = new Map<Errand, number>()
  const moving = Array.from({ length: hours }, () => 0)
  let [nearestRoutineM, fastestMps] = [Infinity, 0]
  for (const [index, life] of lives.entries()) {
    const avoid = wearers[index]?.avoid ?? { lon: 0, lat: 0 }
    let before = life.at(START).point
    for (let at = START; at < START + hours * HOUR_MS; at += STEP_MS) {
      const { point, speedMps } = life.at(at)
      const errand = life.errandAt(at)
      const awayM = distanceM(point, avoid)
      if (errand === undefined) nearestRoutineM = Math.min(nearestRoutineM, awayM)
      else errands.set(errand, Math.min(errands.get(errand) ?? Infinity, awayM))
      fastestMps = Math.max(fastestMps, (distanceM(before, point) * 1_000) / STEP_MS)
      before = point
      const hour = Math.floor((at - START) / HOUR_MS)
      if (speedMps > 0) moving[hour] = (moving[hour] ?? 0) + STEP_MS / HOUR_MS / lives.length
    }
  }
  const found = [...errands].map(([errand, nearestM]) => ({ errand, nearestM }))
  return { nearestRoutineM, fastestMps, moving, errands: found }
}

describe('a life', () => {
  let day: Observed
  beforeAll(() => {
    day = observe(livesWith(daily), 24)
  })

  it('is the same for the same seed, at whatever times and in whatever order it is asked for', () => {
    const times = Array.from({ length: 120 }, (_, n) => START + n * 23 * MINUTE_MS)
    const asked = shuffled(times, createRandom('order'))
    for (const [index, wearer] of wearers.slice(0, 16).entries()) {
      const planner = index % 2 === 0 ? demo : daily
      const [one, other] = [1, 2].map(() => createLife({ seed: SEED, wearer, planner }))
      const inOrder = new Map(times.map(at => [at, one?.at(at)]))
      for (const at of asked) expect(other?.at(at)).toEqual(inOrder.get(at))
    }
  })

  it('has no leap in it: nobody is faster than a drive', () => {
    expect(day.fastestMps).toBeLessThanOrEqual(25.1)
  })

  it('stays 1.5 km clear of the place to avoid but for errands', () => {
    expect(day.nearestRoutineM).toBeGreaterThan(1_500)
  })

  it('has somebody moving at every hour, and nobody hurrying all the time', () => {
    for (const share of day.moving) {
      expect(share).toBeGreaterThan(0.03)
      expect(share).toBeLessThan(0.5)
    }
  })

  it('keeps whoever has a curfew at home in its hours, but for a few who come home late', () => {
    let [late, kept] = [0, 0]
    for (const wearer of wearers.filter(({ curfew }) => curfew !== null)) {
      const life = createLife({
        seed: SEED,
        wearer,
        planner: { planFor: () => ({ errandsBetween: () => [] }), underWay: new Set() },
      })
      for (let at = START; at < START + 3 * 24 * HOUR_MS; at += 10 * MINUTE_MS) {
        const hours = curfewAt(wearer.curfew, at)
        if (hours === undefined) continue
        if (life.at(at).isHome) kept++
        else expect(at - hours.from).toBeLessThan(90 * MINUTE_MS)
        if (!life.at(at).isHome && at - hours.from < 10 * MINUTE_MS) late++
      }
    }
    expect(kept).toBeGreaterThan(10_000)
    expect(late).toBeGreaterThanOrEqual(3)
    expect(late).toBeLessThanOrEqual(25)
  })

  it('leads a few people to the place, and a few past it, in a day', () => {
    const visits = day.errands.filter(({ errand }) => errand.kind === 'visit')
    const passes = day.errands.filter(({ errand }) => errand.kind === 'pass')
    expect(visits.length).toBeGreaterThanOrEqual(3)
    expect(visits.length).toBeLessThanOrEqual(12)
    expect(passes.length).toBeGreaterThanOrEqual(3)
    for (const { nearestM } of passes) expect(nearestM).toBeGreaterThanOrEqual(249)
  })
})

describe('the demonstration', () => {
  let evening: Observed
  beforeAll(() => {
    evening = observe(livesWith(demo), 6)
  })
  const visitsOf = ({ errands }: Observed) =>
    errands.flatMap(({ errand }) => errand.visit ?? []).toSorted((a, b) => a.from - b.from)

  it('has somebody near the place when it starts, and deep in it after a minute', () => {
    const index = wearers.findIndex(({ tagId, curfew }) => curfew === null && demo.underWay.has(tagId))
    const wearer = wearers[index]
    if (wearer === undefined) throw new Error('nobody is under way')
    const life = createLife({ seed: SEED, wearer, planner: demo })
    const awayM = (seconds: number) => distanceM(life.at(START + seconds * 1_000).point, wearer.avoid)
    expect(awayM(0)).toBeGreaterThan(200)
    expect(awayM(0)).toBeLessThan(230)
    expect(awayM(30)).toBeLessThan(185)
    expect(awayM(60)).toBeLessThan(150)
    expect(awayM(200)).toBeLessThan(40)
  })

  it('begins another visit every 4 to 8 minutes, to a minute for where they leave the car', () => {
    // of those that begin later, only some have left home by the end of what was observed
    const begins = visitsOf(evening).flatMap(({ from }) => (from < START + 6 * HOUR_MS ? [from] : []))
    expect(begins.length).toBeGreaterThan(40)
    for (const [index, from] of begins.entries()) {
      const next = begins[index + 1]
      if (next === undefined) continue
      expect((next - from) / MINUTE_MS).toBeGreaterThan(3.9)
      expect((next - from) / MINUTE_MS).toBeLessThan(8.2)
    }
  })

  it('never has more than four at it at once, and none for longer than a quarter of an hour', () => {
    const visits = visitsOf(evening)
    for (const { from, to } of visits) {
      expect(to - from).toBeLessThan(15 * MINUTE_MS)
      expect(visits.filter(other => other.from <= from && from < other.to).length).toBeLessThanOrEqual(4)
    }
  })

  it('lets nobody who only walks past come within 250 m', () => {
    const passes = evening.errands.filter(({ errand }) => errand.kind === 'pass')
    expect(passes.length).toBeGreaterThan(20)
    for (const { nearestM, errand } of passes) {
      expect(nearestM).toBeGreaterThanOrEqual(249)
      expect(errand.visit).toBeUndefined()
    }
  })

  it('leaves everyday life without a leap either', () => {
    expect(evening.fastestMps).toBeLessThanOrEqual(25.1)
    expect(evening.nearestRoutineM).toBeGreaterThan(1_500)
  })

  it('has somebody away from home in the hours of their curfew when it starts, and for minutes after', () => {
    const bound = wearers.filter(({ tagId, curfew }) => curfewAt(curfew, START) && demo.underWay.has(tagId))
    expect(bound).toHaveLength(1)
    for (const wearer of bound) {
      const life = createLife({ seed: SEED, wearer, planner: demo })
      for (const minutes of [0, 2, 5, 7]) {
        expect(distanceM(life.at(START + minutes * MINUTE_MS).point, wearer.home)).toBeGreaterThan(450)
      }
      expect(life.at(START + 25 * MINUTE_MS).isHome).toBe(true)
    }
  })

  it('lets nobody else with a curfew be away, but for those who come home late, and never many at once', () => {
    const bound = wearers.filter(({ curfew }) => curfew !== null)
    const away = (at: number) =>
      bound.filter(
        wearer => curfewAt(wearer.curfew, at) && !createLife({ seed: SEED, wearer, planner: demo }).at(at).isHome,
      )
    for (let hour = 0; hour < 24; hour += 2) expect(away(START + hour * HOUR_MS).length).toBeLessThanOrEqual(6)
  })

  it('begins with others when it is started again', () => {
    const again = createDemoPlanner({ seed: SEED, wearers, startedAt: START + 1_000 })
    expect(again.underWay).not.toEqual(demo.underWay)
  })
})
