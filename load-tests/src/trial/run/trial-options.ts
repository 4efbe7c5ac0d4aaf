import { parseArgs } from 'node:util'

export interface TrialOptions {
  readonly seeds: number
  readonly threads: number
  /** Few seeds and no report: for a check of every change. */
  readonly isQuick: boolean
  /** Folder for the report. */
  readonly dir: string | undefined
}

const FULL_SEEDS = 100
const QUICK_SEEDS = 3

/** Throws with the name of the option that is at fault. */
export function parseTrialOptions(args: readonly string[]): TrialOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      seeds: { type: 'string' },
      threads: { type: 'string', default: '2' },
      dir: { type: 'string' },
    },
  })
  const seeds = values.seeds ?? String(values.quick ? QUICK_SEEDS : FULL_SEEDS)
  return {
    seeds: readCount('seeds', seeds, 100_000),
    threads: readCount('threads', values.threads, 64),
    isQuick: values.quick,
    dir: values.dir,
  }
}

function readCount(name: string, given: string, most: number): number {
  const count = Number(given)
  if (Number.isInteger(count) && count >= 1 && count <= most) return count
  throw new RangeError(`--${name} takes a whole number from 1 to ${most}, not "${given}"`)
}
