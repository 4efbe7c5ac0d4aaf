import { isCordonError } from '@cordon/runtime'
import { sqlState } from '@cordon/store'

/**
 * SQLSTATE classes that speak of what was to be written (PostgreSQL, appendix A): data exception, integrity, program limit; and
 * internal errors, which come from single values. All others speak of the server, the schema or the account: the next message
 * would fare no better, and putting one after the other aside would lose the track of everybody.
 */
const OF_THE_DATA = /^(22|23|54|XX)/

const OF_THE_MACHINERY: ReadonlySet<string> = new Set(['database-unavailable', 'timed-out', 'lease-lost'])

/** Whether an error is a message's own fault. If not, the machinery is at fault, and everything waits until that is put right. */
export function blamesMessage(error: unknown): boolean {
  if (isCordonError(error)) return !OF_THE_MACHINERY.has(error.code)
  const state = sqlState(error)
  return state === undefined || OF_THE_DATA.test(state)
}
