import { describe, expect, it } from 'vitest'
import { weakLevel } from '../error/weak-battery.ts'
import { createPopulation } from '../people/create-population.ts'
import { createDailyTroubles } from './daily-troubles.ts'
import { createDemoTroubles } from './demo-troubles.ts'
import { CHARGING_MS, TROUBLE_KINDS, type TroubleKind, type TroublePlanner } from './trouble.ts'

const MINUTE_MS = 60_000
const START = Date.parse('2026-11-22T03:00:00Z')
const { wearers } = createPopulation(1, 200)

/** How many tags have a trouble at a time. */
function count(planner: TroublePlanner, kind: TroubleKind, time: number): number {
  return wearers.filter(wearer => planner.planFor(wearer).at(kind, time) !== undefined).length
}

describe('daily troubles', () => {
  const planner = createDailyTroubles(1)
  const dayOf = (seed: number) => {
    const plans = wearers.map(wearer => createDailyTroubles(seed).planFor(wearer))
    const seen = new Map<TroubleKind, Set<number>>(TROUBLE_KINDS.map(kind => [kind, new Set()]))
    for (const [index, plan] of plans.entries()) {
      for (let at = START; at < START + 24 * 60 * MINUTE_MS; at += MINUTE_MS) {
        for (const kind of TROUBLE_KINDS) if (plan.at(kind, at)) seen.get(kind)?.add(index)
      }
    }
    return TROUBLE_KINDS.map(kind => [...(seen.get(kind) ?? [])])
  }

  it('come to a few tags a day, to the same for the same seed and to others for another', () => {
    const [day, again, other] = [dayOf(1), dayOf(1), dayOf(2)]
    expect(again).toEqual(day)
    expect(other).not.toEqual(day)
    expect(day.flat().length).toBeGreaterThan(5)
    expect(day.flat().length).toBeLessThan(60)
  })

  it('are the same at whatever times and in whatever order they are asked for', () => {
    const times = Array.from({ length: 300 }, (_, index) => START + index * 7 * MINUTE_MS)
    for (const wearer of wearers.slice(0, 30)) {
      const [one, other] = [planner.planFor(wearer), planner.planFor(wearer)]
      const forward = times.map(time => one.at('no-signal', time))
      expect(
        times
          .toReversed()
          .map(time => other.at('no-signal', time))
          .toReversed(),
      ).toEqual(forward)
    }
  })
})

describe('the demonstration’s troubles', () => {
  const busy = new Set(wearers.slice(0, 3).map(({ tagId }) => tagId))
  const planner = createDemoTroubles({ seed: 1, wearers, startedAt: START, busy })

  it('begin with a silence and a weak battery, and never have more than one of a kind but for a battery on the charger', () => {
    expect([count(planner, 'no-signal', START + MINUTE_MS), count(planner, 'weak-battery', START)]).toEqual([1, 1])
    for (let minute = 0; minute < 600; minute += 3) {
      for (const kind of TROUBLE_KINDS) {
        expect(count(planner, kind, START + minute * MINUTE_MS)).toBeLessThanOrEqual(kind === 'weak-battery' ? 2 : 1)
      }
    }
  })

  it('silence nobody who has a beacon at home, and those first who are watched most closely', () => {
    for (let minute = 1; minute < 600; minute += 3) {
      const silent = wearers.filter(wearer => planner.planFor(wearer).at('no-signal', START + minute * MINUTE_MS))
      for (const { curfew, risk } of silent) expect([curfew, risk]).toEqual([null, 'critical'])
    }
  })

  it('leave those alone who have something else to show', () => {
    for (const wearer of wearers.slice(0, 3)) {
      const plan = planner.planFor(wearer)
      for (const kind of TROUBLE_KINDS) expect(plan.at(kind, START + 5 * MINUTE_MS)).toBeUndefined()
    }
  })
})

it('a weak battery drains to nearly nothing and is charged, without a leap', () => {
  const trouble = { kind: 'weak-battery', from: START, to: START + 85 * MINUTE_MS } as const
  const sound = () => ({ percent: 82, isCharged: false })
  const levels = Array.from({ length: 131 }, (_, minute) => weakLevel(trouble, START + minute * MINUTE_MS, sound))
  const percents = levels.map(({ percent }) => percent)
  expect([percents[0], Math.min(...percents), percents.at(-1)]).toEqual([82, 4, 82])
  for (const [index, percent] of percents.entries()) {
    expect(Math.abs(percent - (percents[index - 1] ?? percent))).toBeLessThanOrEqual(2)
  }
  expect(levels.filter(({ isCharged }) => isCharged)).toHaveLength(CHARGING_MS / MINUTE_MS + 1)
})
