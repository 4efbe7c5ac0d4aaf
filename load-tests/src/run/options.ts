import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { StackOptions } from '../stack/start-stack.ts'
import type { TrafficOptions } from './run-traffic.ts'

export interface RunOptions {
  readonly stack: Omit<StackOptions, 'say'>
  readonly traffic: Omit<TrafficOptions, 'say'>
  /** The result as JSON, besides the table. */
  readonly jsonFile: string | undefined
}

/** Numbers of the command line, each with what it is when it is not given. */
export type Defaults = Readonly<Record<NumberName, number>>

const LIMITS = {
  /** Wearers with a tag each. */
  tags: { min: 1, max: 200_000 },
  /** Messages a second, all tags together. */
  rate: { min: 1, max: 1_000_000 },
  /** Fixes in a message. */
  items: { min: 1, max: 1_000 },
  seconds: { min: 1, max: 86_400 },
  'warm-up': { min: 0, max: 3_600 },
  /** Share of messages that are malformed. */
  malformed: { min: 0, max: 1 },
  /** Wearers who walk into a zone, a second. */
  entries: { min: 0, max: 1_000 },
  /** Exclusion zones of each wearer. */
  zones: { min: 1, max: 1_000 },
  vertices: { min: 3, max: 20_000 },
  /** Clients of the live stream. */
  readers: { min: 1, max: 2_000 },
  /** Of these, the ones that watch everything; the others a part of the country each. */
  everything: { min: 1, max: 2_000 },
  /** Connections of one generator process. */
  connections: { min: 1, max: 10_000 },
} as const

export type NumberName = keyof typeof LIMITS

/** Throws with the name of the option that is at fault. */
export function parseOptions(args: readonly string[], defaults: Defaults): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...(Object.fromEntries(Object.keys(LIMITS).map(name => [name, { type: 'string' }])) as NumberOptions),
      embedded: { type: 'boolean', default: false },
      json: { type: 'string' },
      dir: { type: 'string', default: join(tmpdir(), 'cordon-load') },
      profile: { type: 'string' },
    },
  })
  const number = (name: NumberName) => readNumber(name, values[name], defaults[name])
  return {
    stack: {
      tags: number('tags'),
      zones: number('zones'),
      vertices: number('vertices'),
      embedded: values.embedded,
      dir: values.dir,
      profileDir: values.profile,
    },
    traffic: {
      rate: number('rate'),
      items: number('items'),
      malformed: number('malformed'),
      entriesPerSecond: number('entries'),
      warmUpMs: number('warm-up') * 1_000,
      windowMs: number('seconds') * 1_000,
      readers: number('readers'),
      everything: number('everything'),
      connections: number('connections'),
    },
    jsonFile: values.json,
  }
}

type NumberOptions = Record<NumberName, { type: 'string' }>

function readNumber(name: NumberName, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = Number(given)
  const { min, max } = LIMITS[name]
  if (given.trim() !== '' && value >= min && value <= max) return value
  throw new RangeError(`--${name} takes a number from ${min} to ${max}, not "${given}"`)
}
