import type { PolicySettings } from '@cordon/contract'
import { DEFAULT_SETTINGS } from '@cordon/watch'
import { DETECTOR_NAMES } from '../detectors/detector.ts'
import { VARIANT_NAMES } from '../noise/variants.ts'
import { SCENARIOS } from '../scenarios/all-scenarios.ts'
import { RATES } from '../way/measure-way.ts'
import type { Task } from './run-task.ts'

/** Settings that are tried one at a time, the others as they are. The default's own value is among them whatever it is. */
const TRIED = {
  possibleProbability: [0.5, 0.6, 0.7, 0.8, 0.9, 0.95],
  confirmedProbability: [0.8, 0.9, 0.95, 0.98, 0.99, 0.995],
  accuracyFactor: [1, 1.25, 1.5, 2, 2.5, 3],
  looksToConfirm: [1, 1.4, 1.8, 2.5, 4],
} as const satisfies Partial<Record<keyof PolicySettings, readonly number[]>>

export type TriedSetting = keyof typeof TRIED

export interface TriedPoint {
  readonly setting: TriedSetting
  readonly value: number
  readonly isDefault: boolean
}

export const TRIED_POINTS: readonly TriedPoint[] = Object.entries(TRIED).flatMap(([name, values]) => {
  const setting = name as TriedSetting
  const own = DEFAULT_SETTINGS[setting]
  return [...new Set([...values, own])]
    .sort((a, b) => a - b)
    .map(value => ({ setting, value, isDefault: value === own }))
})

/** Of the runs at each point that is tried: one in so many of the trial's own. */
const SEEDS_PER_POINT = 50

type Conditions = Pick<Task, 'settings' | 'detectors' | 'seeds'>

export interface Plan {
  readonly trial: readonly Task[]
  /** For each point the same scenarios once more. */
  readonly curve: readonly (readonly Task[])[]
}

export interface Asked {
  readonly seeds: number
  readonly settings: Partial<PolicySettings>
  readonly withCurve: boolean
}

export function planTasks({ seeds, settings, withCurve }: Asked): Plan {
  const ofPoint = ({ setting, value }: TriedPoint) =>
    crossed({
      settings: { [setting]: value },
      detectors: ['cordon'],
      seeds: Math.max(1, Math.round(seeds / SEEDS_PER_POINT)),
    })
  return {
    trial: crossed({ settings, detectors: DETECTOR_NAMES, seeds }),
    curve: withCurve ? TRIED_POINTS.map(ofPoint) : [],
  }
}

function crossed(conditions: Conditions): Task[] {
  return SCENARIOS.flatMap(({ id }) =>
    RATES.flatMap(({ intervalS }) =>
      VARIANT_NAMES.map(variant => ({ scenarioId: id, intervalS, variant, ...conditions })),
    ),
  )
}
