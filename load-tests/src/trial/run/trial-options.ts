import { parseArgs } from 'node:util'
import type { PolicySettings } from '@cordon/contract'
import { DEFAULT_SETTINGS } from '@cordon/watch'
import { readCount } from '../../run/read-count.ts'

export interface TrialOptions {
  readonly seeds: number
  readonly threads: number
  /** Few seeds and no report: for a check of every change. */
  readonly isQuick: boolean
  /** Of the policy, other than its defaults: to try a choice before it is made. Then there is no report. */
  readonly settings: Partial<PolicySettings>
  /** Folder for the report. */
  readonly dir: string | undefined
}

const FULL_SEEDS = 100
const QUICK_SEEDS = 10

/** Throws with the name of the option that is at fault. */
export function parseTrialOptions(args: readonly string[]): TrialOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      threads: { type: 'string', default: '2' },
      dir: { type: 'string' },
      set: { type: 'string', multiple: true, default: [] },
    },
  })
  const isQuick = values.quick || values.set.length > 0
  const seeds = values.seeds ?? String(isQuick ? QUICK_SEEDS : FULL_SEEDS)
  return {
    seeds: readCount('seeds', seeds, { max: 100_000 }),
    threads: readCount('threads', values.threads, { max: 64 }),
    isQuick,
    settings: Object.fromEntries(values.set.map(readSetting)),
    dir: values.dir,
  }
}

function readSetting(given: string): [name: string, value: number] {
  const [name = '', text = ''] = given.split('=')
  const value = Number(text)
  if (name in DEFAULT_SETTINGS && text.trim() !== '' && Number.isFinite(value)) return [name, value]
  throw new RangeError(`--set takes a setting of the policy and a number, such as accuracyFactor=2, not "${given}"`)
}
