import { parseArgs } from 'node:util'

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
  const period = { from: readInstant('--from', from), to: readInstant('--to', to) }
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

/** A date alone is its midnight in UTC; a time says which zone it is in, for a place may have had it twice. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

function readInstant(name: string, text: string | undefined): number {
  if (text === undefined) throw new RangeError(`${name} is missing: ${USAGE}`)
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new RangeError(`${name} takes an instant such as 2026-11-22 or 2026-11-22T06:00:00Z, not "${text}"`)
}
