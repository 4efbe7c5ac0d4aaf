/**
 * Rows as one JSON parameter for `json_to_recordset`: for the tables that get few rows. What a tag says can be in them, and PostgreSQL
 * takes neither U+0000 nor half a surrogate pair as text, so both become U+FFFD: one odd message must not fail its batch for ever.
 */
export function toJsonRows(rows: readonly object[]): string {
  const json = JSON.stringify(rows)
  return UNSTORABLE_ESCAPE.test(json) ? JSON.stringify(rows, withStorableText) : json
}

/** JSON.stringify writes both as escapes; a backslash before `u0000` in the text itself only costs the second pass. */
const UNSTORABLE_ESCAPE = /\\u0000|\\ud[89a-f]/i
const UNSTORABLE = /[\0\p{Surrogate}]/gu

function withStorableText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(UNSTORABLE, '\uFFFD') : value
}

/** Epoch milliseconds as text that PostgreSQL reads exactly. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}

export function toInstantOrNull(ms: number | null): string | null {
  return ms === null ? null : toInstant(ms)
}
