import { DETECTOR_NAMES, type DetectorName } from '../detectors/detector.ts'
import { VARIANTS } from '../noise/variants.ts'
import { type Goal, judgeGoals } from '../run/goals.ts'
import type { TriedPoint } from '../run/plan-tasks.ts'
import type { ByDetector, ScenarioResult, TrialResult } from '../run/run-trial.ts'
import { type Figures, type Rate, type Share, toFigures } from '../score/figures.ts'
import { MISS_REASONS, type MissReason, type Tally } from '../score/tally.ts'

/** What the report is made of, as `results.json` has it. */
export interface Summary {
  readonly seeds: number
  readonly scenarios: number
  readonly runs: number
  readonly wearerDays: number
  readonly goals: readonly Goal[]
  readonly tables: readonly ComparisonTable[]
  readonly byScenario: readonly ScenarioRow[]
  readonly notWon: readonly NotWon[]
  readonly curve: readonly CurveRow[]
}

export interface ComparisonTable {
  readonly title: string
  readonly detectors: Readonly<Record<DetectorName, Figures>>
}

export interface ScenarioRow {
  readonly id: string
  readonly title: string
  readonly theme: string
  /** Share of the trial's wearer-days. */
  readonly daysShare: number
  readonly rates: readonly { readonly rate: string; readonly detectors: Readonly<Record<DetectorName, Brief>> }[]
}

export interface Brief {
  readonly entries: number
  readonly found: number
  readonly confirmed: number
  readonly falseConfirmedPerDay: number
  readonly falsePossiblePerDay: number
  readonly falseTransitsPerDay: number
  readonly nearMissesPerDay: number
  readonly incidentsPerEpisode: number | null
  readonly delayMedianS: number | null
  readonly delayP95S: number | null
}

/** A scenario at a rate of which 99 % were not found, and why. */
export interface NotWon {
  readonly id: string
  readonly title: string
  readonly rate: string
  readonly found: Share
  readonly naiveShare: number | null
  readonly reasons: readonly { readonly reason: MissReason; readonly share: number }[]
}

export interface CurveRow extends TriedPoint {
  readonly found: Share
  readonly falseConfirmed: Rate
  readonly falsePossible: Rate
  readonly incidentsPerEpisode: number | null
}

const WON = 0.99

export function summarise(result: TrialResult): Summary {
  const { seeds, all, byRate, byVariant, scenarios, curve } = result
  const table = (title: string, tallies: ByDetector): ComparisonTable => ({
    title,
    detectors: perDetector(tallies, toFigures),
  })
  return {
    seeds,
    scenarios: scenarios.length,
    runs: all.cordon.runs,
    wearerDays: Math.round(all.cordon.days),
    goals: judgeGoals(result),
    tables: [
      table('all', all),
      ...byRate.map(({ rate, tallies }) => table(rate.name, tallies)),
      ...byVariant.map(({ variant, tallies }) => table(VARIANTS[variant].says, tallies)),
    ],
    byScenario: scenarios.map(each => toRow(each, all.cordon.days)),
    notWon: scenarios.flatMap(findNotWon),
    curve: curve.map(({ point, tally }) => {
      const { groups, falseConfirmed, falsePossible, incidentsPerEpisode } = toFigures(tally)
      return { ...point, found: groups['deep-measured'], falseConfirmed, falsePossible, incidentsPerEpisode }
    }),
  }
}

function toRow({ scenario, all, byRate }: ScenarioResult, days: number): ScenarioRow {
  const { id, title, theme } = scenario
  const rates = byRate.map(({ rate, tallies }) => ({ rate: rate.name, detectors: perDetector(tallies, toBrief) }))
  return { id, title, theme, daysShare: Number((all.cordon.days / days).toPrecision(3)), rates }
}

function toBrief(tally: Tally): Brief {
  const { groups, falseConfirmed, falsePossible, falseTransits, nearMissesPerDay, incidentsPerEpisode, delayS } =
    toFigures(tally)
  const { entries, found, confirmed } = groups.all
  return {
    entries,
    found,
    confirmed,
    falseConfirmedPerDay: falseConfirmed.perDay,
    falsePossiblePerDay: falsePossible.perDay,
    falseTransitsPerDay: falseTransits.perDay,
    nearMissesPerDay,
    incidentsPerEpisode,
    delayMedianS: delayS.median,
    delayP95S: delayS.p95,
  }
}

function findNotWon({ scenario, byRate }: ScenarioResult): NotWon[] {
  const { id, title } = scenario
  return byRate.flatMap(({ rate, tallies }) => {
    const found = toFigures(tallies.cordon).groups.all
    if (found.share === null || found.share >= WON) return []
    const { misses } = tallies.cordon
    const missed = found.entries - found.found
    const reasons = MISS_REASONS.filter(reason => misses[reason] > 0).map(reason => ({
      reason,
      share: Number((misses[reason] / missed).toPrecision(3)),
    }))
    return [{ id, title, rate: rate.name, found, naiveShare: toFigures(tallies.naive).groups.all.share, reasons }]
  })
}

function perDetector<Value>(tallies: ByDetector, of: (tally: Tally) => Value): Record<DetectorName, Value> {
  return Object.fromEntries(DETECTOR_NAMES.map(name => [name, of(tallies[name])])) as Record<DetectorName, Value>
}
