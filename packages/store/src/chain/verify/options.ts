import { parseArgs } from 'node:util'
import { parseInstant } from '@cordon/runtime'

export interface VerifyOptions {
  /** [from, to) in epoch ms. */
  readonly from: number
  readonly to: number
  /** A file of anchors. */
  readonly anchors: string | undefined
  readonly json: boolean
}

const USAGE = 'npm run verify-chain -- --from <instant> --to <instant> [--anchors <file>] [--json]'

/** Throws a RangeError that says what is at fault and how it is done. */
export function parseVerifyOptions(args: readonly string[]): VerifyOptions {
  const { from, to, anchors, json } = parse(args)
  const period = { from: parseInstant('--from', from, USAGE), to: parseInstant('--to', to, USAGE) }
  if (period.to <= period.from) throw new RangeError(`--to has to be after --from: ${USAGE}`)
  return { ...period, anchors, json }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    const options = { from: text, to: text, anchors: text, json: { type: 'boolean', default: false } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new RangeError(`${cause instanceof Error ? cause.message : String(cause)}: ${USAGE}`, { cause })
  }
}
