import { type CustomTypesConfig, types } from 'pg'

const TIMESTAMPTZ = 1184

/**
 * PostgreSQL writes `2026-11-22 06:00:00.123456+00` (DateStyle ISO). Gives epoch milliseconds; `infinity` is Infinity.
 * @throws RangeError for an instant that JavaScript has no number for (before Christ).
 */
function parseInstant(text: string): number {
  if (text === 'infinity') return Number.POSITIVE_INFINITY
  if (text === '-infinity') return Number.NEGATIVE_INFINITY
  const offset = text.endsWith('+00') ? 'Z' : offsetOf(text)
  const ms = Date.parse(`${text.slice(0, 10)}T${text.slice(11, timeEnd(text))}${offset}`)
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${text}`)
  return ms
}

/** A session in another time zone than UTC writes `+01` or `+05:30`. */
function offsetOf(text: string): string {
  const offset = text.slice(timeEnd(text))
  return offset.length === 3 ? `${offset}:00` : offset
}

function timeEnd(text: string): number {
  return Math.max(text.lastIndexOf('+'), text.indexOf('-', 11))
}

/** What node-postgres does by itself (int8 as a string, jsonb parsed), but instants as numbers. */
export const valueParsers: CustomTypesConfig = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (type === TIMESTAMPTZ && format !== 'binary') return parseInstant
    return types.getTypeParser(type, format as 'text')
  },
}
