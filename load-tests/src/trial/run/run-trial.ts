import { DETECTOR_NAMES, type DetectorName } from '../detectors/detector.ts'
import { VARIANT_NAMES, type VariantName } from '../noise/variants.ts'
import type { Scenario } from '../scenario.ts'
import { SCENARIOS } from '../scenarios/all-scenarios.ts'
import { addTallies, EMPTY_TALLY, type Tally } from '../score/tally.ts'
import { RATES, type Rate } from '../way/measure-way.ts'
import { type Asked, planTasks, TRIED_POINTS, type TriedPoint } from './plan-tasks.ts'
import type { Task, TaskResult } from './run-task.ts'
import { runTasks } from './run-tasks.ts'

export type ByDetector = Readonly<Record<DetectorName, Tally>>

/** Everything that was counted. */
export interface TrialResult {
  readonly seeds: number
  readonly all: ByDetector
  readonly byRate: readonly { readonly rate: Rate; readonly tallies: ByDetector }[]
  readonly byVariant: readonly { readonly variant: VariantName; readonly tallies: ByDetector }[]
  readonly scenarios: readonly ScenarioResult[]
  readonly curve: readonly { readonly point: TriedPoint; readonly tally: Tally }[]
}

export interface ScenarioResult {
  readonly scenario: Scenario
  readonly all: ByDetector
  readonly byRate: readonly { readonly rate: Rate; readonly tallies: ByDetector }[]
}

export interface TrialRun extends Asked {
  readonly threads: number
  readonly say: (line: string) => void
}

export async function runTrial({ threads, say, ...asked }: TrialRun): Promise<TrialResult> {
  const plan = planTasks(asked)
  const tasks = [...plan.trial, ...plan.curve.flat()]
  const results = await runTasks(tasks, threads, done => {
    if (done % 200 === 0) say(`${done} of ${tasks.length}`)
  })
  const pairs = plan.trial.map((task, index) => ({ task, result: results[index] ?? {} }))
  const sumOf = (isMeant: (task: Task) => boolean) => sumByDetector(pairs.filter(({ task }) => isMeant(task)))
  let first = plan.trial.length
  return {
    seeds: asked.seeds,
    all: sumOf(() => true),
    byRate: RATES.map(rate => ({ rate, tallies: sumOf(task => task.intervalS === rate.intervalS) })),
    byVariant: VARIANT_NAMES.map(variant => ({ variant, tallies: sumOf(task => task.variant === variant) })),
    scenarios: SCENARIOS.map(scenario => {
      const isOf = (task: Task) => task.scenarioId === scenario.id
      return {
        scenario,
        all: sumOf(isOf),
        byRate: RATES.map(rate => ({ rate, tallies: sumOf(task => isOf(task) && task.intervalS === rate.intervalS) })),
      }
    }),
    curve: plan.curve.flatMap((ofPoint, index) => {
      const slice = results.slice(first, first + ofPoint.length)
      first += ofPoint.length
      const point = TRIED_POINTS[index]
      return point === undefined ? [] : [{ point, tally: addTallies(slice.map(({ cordon }) => cordon ?? EMPTY_TALLY)) }]
    }),
  }
}

function sumByDetector(pairs: readonly { readonly result: TaskResult }[]): ByDetector {
  const sum = (name: DetectorName) => addTallies(pairs.map(({ result }) => result[name] ?? EMPTY_TALLY))
  return Object.fromEntries(DETECTOR_NAMES.map(name => [name, sum(name)])) as Record<DetectorName, Tally>
}
