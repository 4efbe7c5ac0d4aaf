/** A date alone is its midnight in UTC; a time says which zone it is in, for a place may have had it twice. */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/

/** Epoch ms of an option of a command. Throws a RangeError that names the option and ends with the command's usage. */
export function parseInstant(option: string, text: string | undefined, usage: string): number {
  if (text === undefined) throw new RangeError(`${option} is missing: ${usage}`)
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw new RangeError(`${option} takes an instant such as 2026-11-22 or 2026-11-22T06:00:00Z, not "${text}"`)
}
