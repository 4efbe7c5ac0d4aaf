import type { PolicySettings } from '@cordon/contract'
import { prepareCordon } from '../detectors/cordon.ts'
import { preparePointCounter } from '../detectors/count-points.ts'
import type { DetectorName, PrepareDetector } from '../detectors/detector.ts'
import { createFrame, type Frame } from '../ground/frame.ts'
import { createChance, seedOf } from '../noise/chance.ts'
import { VARIANTS, type VariantName } from '../noise/variants.ts'
import type { Scenario } from '../scenario.ts'
import { SCENARIOS } from '../scenarios/all-scenarios.ts'
import { type RunTruth, scoreRun } from '../score/score-run.ts'
import { sightOf } from '../score/sight.ts'
import { addRuns, type Tally } from '../score/tally.ts'
import { type ConditionTruth, findTruth } from '../truth/find-truth.ts'
import { createLieOf } from '../truth/lie-of-condition.ts'
import { deliver } from '../way/deliver.ts'
import { measureWay } from '../way/measure-way.ts'

/** One scenario under one error model at one rate, so many seeds. Plain data: it goes to another thread. */
export interface Task {
  readonly scenarioId: string
  readonly intervalS: number
  readonly variant: VariantName
  readonly seeds: number
  /** What the policy says other than its defaults. */
  readonly settings: Partial<PolicySettings>
  readonly detectors: readonly DetectorName[]
}

export type TaskResult = Readonly<Partial<Record<DetectorName, Tally>>>

const truths = new Map<string, ConditionTruth[]>()

/** The same task gives the same result in any thread, in any order. */
export function runTask(task: Task): TaskResult {
  const scenario = SCENARIOS.find(({ id }) => id === task.scenarioId)
  if (scenario === undefined) throw new RangeError(`there is no scenario ${task.scenarioId}`)
  const truth = truths.get(scenario.id) ?? findTruth(scenario)
  truths.set(scenario.id, truth)
  const frame = createFrame(scenario.anchor)
  const detectors = task.detectors.map(name => ({ name, detect: prepareOf(name, task)(scenario), runs: [] as Tally[] }))
  const lookAt = createLooker(scenario, truth, frame)
  for (let seed = 1; seed <= task.seeds; seed++) {
    // one chance for the way and one for the delivery: a fault in the delivery changes no measurement
    const measuring = { frame, intervalS: task.intervalS, variant: VARIANTS[task.variant] }
    const fixes = measureWay(scenario, { ...measuring, chance: createChance(seedOf(scenario.id, seed)) })
    const arrivals = deliver(scenario, fixes, createChance(seedOf(scenario.id, seed, 'delivery')))
    const runTruths = lookAt(fixes)
    for (const { detect, runs } of detectors) runs.push(scoreRun(detect(arrivals), runTruths, scenario, task.intervalS))
  }
  return Object.fromEntries(detectors.map(({ name, runs }) => [name, addRuns(runs)]))
}

function prepareOf(name: DetectorName, { settings }: Task): PrepareDetector {
  switch (name) {
    case 'cordon':
      return scenario => prepareCordon(scenario, settings)
    case 'naive':
      return scenario => preparePointCounter(scenario, 1)
    case 'fifth-point':
      return scenario => preparePointCounter(scenario, 5)
  }
}

function createLooker(scenario: Scenario, truths: readonly ConditionTruth[], frame: Frame) {
  const [lon0, lat0] = frame.toLonLat(0, 0)
  const [lon1, lat1] = frame.toLonLat(1, 1)
  const conditions = truths.map(truth => {
    const condition = scenario.conditions.find(({ id }) => id === truth.conditionId)
    return { truth, lieOf: condition && createLieOf(condition, frame) }
  })
  return (fixes: ReturnType<typeof measureWay>): RunTruth[] => {
    const seen = fixes.map(fix => ({
      fix,
      place: { x: (fix.lon - lon0) / (lon1 - lon0), y: (fix.lat - lat0) / (lat1 - lat0) },
    }))
    return conditions.map(({ truth, lieOf }) => ({
      truth,
      sights:
        lieOf === undefined
          ? []
          : truth.entries.map(entry => sightOf(entry, seen, { lieOf, startsAt: scenario.startsAt })),
    }))
  }
}
