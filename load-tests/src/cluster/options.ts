import { parseArgs } from 'node:util'

export interface ClusterOptions {
  readonly tags: number
  /** Messages a second, all tags together. */
  readonly rate: number
  readonly partitions: number
  readonly leaseMs: number
  /** Between two events. */
  readonly calmMs: number
  /** Over how long wearers walk into zones. */
  readonly entriesMs: number
  /** Only what the promise is about, small: for CI. */
  readonly isQuick: boolean
  /** How much goes through, and nothing happens meanwhile. */
  readonly isThroughput: boolean
  readonly embedded: boolean
  /** What is downloaded and kept; a folder that goes with the run when absent. */
  readonly dir: string | undefined
}

/** Default, default of `--quick`, least and most. */
const NUMBERS = {
  tags: [500, 60, 3, 5_000],
  rate: [400, 60, 1, 20_000],
  partitions: [6, 4, 1, 64],
  /** Seconds. */
  lease: [10, 5, 2, 300],
  calm: [8, 2, 1, 600],
} as const

type Name = keyof typeof NUMBERS

const NAMES = Object.keys(NUMBERS) as Name[]

export const CLUSTER_USAGE =
  'usage: npm run cluster -- [--quick | --throughput] [--embedded] [--dir DIR] ' +
  `[${NAMES.map(name => `--${name} N`).join('] [')}]`

/** Throws with the name of the option that is at fault. */
export function readClusterOptions(args: readonly string[]): ClusterOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...(Object.fromEntries(NAMES.map(name => [name, { type: 'string' }])) as Record<Name, { type: 'string' }>),
      quick: { type: 'boolean', default: false },
      throughput: { type: 'boolean', default: false },
      embedded: { type: 'boolean', default: false },
      dir: { type: 'string' },
    },
  })
  const { quick: isQuick, throughput: isThroughput, embedded, dir } = values
  const given = NAMES.find(name => values[name] !== undefined)
  if (isThroughput && (isQuick || given !== undefined))
    throw new RangeError(`--throughput goes without --${isQuick ? 'quick' : given}`)
  const number = (name: Name): number => {
    const [full, quick, min, max] = NUMBERS[name]
    const value = values[name] === undefined ? (isQuick ? quick : full) : Number(values[name])
    if (value >= min && value <= max) return value
    throw new RangeError(`--${name} takes a number from ${min} to ${max}, not "${values[name]}"`)
  }
  const [calm, lease] = [number('calm'), number('lease')]
  return {
    ...{ tags: number('tags'), rate: number('rate'), partitions: number('partitions') },
    ...{ leaseMs: lease * 1_000, calmMs: calm * 1_000, isQuick, isThroughput, embedded, dir },
    // all events and what they wait for
    entriesMs: (10 * calm + 3 * lease) * 1_000,
  }
}
