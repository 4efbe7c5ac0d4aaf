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
  readonly embedded: boolean
}

/** Name, default, least and most. */
const NUMBERS = {
  tags: [500, 3, 5_000],
  rate: [400, 1, 20_000],
  partitions: [6, 1, 64],
  /** Seconds. */
  lease: [10, 2, 300],
  calm: [8, 1, 600],
} as const

type Name = keyof typeof NUMBERS

/** Throws with the name of the option that is at fault. */
export function readClusterOptions(args: readonly string[]): ClusterOptions {
  const names = Object.keys(NUMBERS) as Name[]
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...(Object.fromEntries(names.map(name => [name, { type: 'string' }])) as Record<Name, { type: 'string' }>),
      embedded: { type: 'boolean', default: false },
    },
  })
  const number = (name: Name): number => {
    const [otherwise, min, max] = NUMBERS[name]
    const value = values[name] === undefined ? otherwise : Number(values[name])
    if (value >= min && value <= max) return value
    throw new RangeError(`--${name} takes a number from ${min} to ${max}, not "${values[name]}"`)
  }
  const [calm, lease] = [number('calm'), number('lease')]
  return {
    ...{ tags: number('tags'), rate: number('rate'), partitions: number('partitions') },
    ...{ leaseMs: lease * 1_000, calmMs: calm * 1_000, embedded: values.embedded },
    // all eight events and what they wait for
    entriesMs: (10 * calm + 3 * lease) * 1_000,
  }
}
