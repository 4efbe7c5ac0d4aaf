import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCount } from '../run/read-count.ts'
import { ALL_FAULTS } from './all-faults.ts'
import type { Fault } from './fault.ts'

export interface FaultOptions {
  readonly faults: readonly Fault[]
  /** Messages a second. */
  readonly rate: number
  /** That publish, for each fault. */
  readonly tags: number
  readonly embedded: boolean
  readonly dir: string
  /** The table goes into docs/reliability.md. */
  readonly write: boolean
}

const RATE = { full: 2_000, quick: 500 }
const TAGS = { full: 200, quick: 60 }
const LIMITS = { min: 2, max: 100_000 }

/** Throws with the option that is at fault. */
export function parseFaultOptions(args: readonly string[]): FaultOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      rate: { type: 'string' },
      tags: { type: 'string' },
      write: { type: 'boolean', default: false },
      embedded: { type: 'boolean', default: false },
      dir: { type: 'string', default: join(tmpdir(), 'cordon-load') },
    },
  })
  const size = values.quick ? 'quick' : 'full'
  return {
    faults: chosen(values.only, values.quick),
    rate: readCount('rate', values.rate ?? String(RATE[size]), LIMITS),
    tags: readCount('tags', values.tags ?? String(TAGS[size]), LIMITS),
    embedded: values.embedded,
    dir: values.dir,
    write: values.write,
  }
}

function chosen(only: string | undefined, quick: boolean): readonly Fault[] {
  if (only === undefined) return ALL_FAULTS.filter(({ isQuick }) => isQuick || !quick)
  return only.split(',').map(name => {
    const fault = ALL_FAULTS.find(known => known.name === name)
    if (fault !== undefined) return fault
    throw new RangeError(`--only knows ${ALL_FAULTS.map(known => known.name).join(', ')}, not "${name}"`)
  })
}
