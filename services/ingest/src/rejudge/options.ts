import { parseArgs } from 'node:util'
import { parseInstant } from '@cordon/runtime'

export interface RejudgeOptions {
  /** Id or reference. */
  readonly wearer: string
  /** [from, to) in epoch ms: what reaches into it is compared. */
  readonly from: number
  readonly to: number
  readonly json: boolean
}

const USAGE = 'npm run rejudge -- --wearer <id or reference> --from <instant> --to <instant> [--json]'

/** Throws a RangeError that says what is at fault and how it is done. */
export function parseRejudgeOptions(args: readonly string[]): RejudgeOptions {
  const { wearer, from, to, json } = parse(args)
  if (wearer === undefined || wearer === '') throw new RangeError(`--wearer is missing: ${USAGE}`)
  const period = { from: parseInstant('--from', from, USAGE), to: parseInstant('--to', to, USAGE) }
  if (period.to <= period.from) throw new RangeError(`--to has to be after --from: ${USAGE}`)
  return { wearer, ...period, json }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    const options = { wearer: text, from: text, to: text, json: { type: 'boolean', default: false } } as const
    return parseArgs({ args: [...args], options }).values
  } catch (cause) {
    throw new RangeError(`${cause instanceof Error ? cause.message : String(cause)}: ${USAGE}`, { cause })
  }
}
