/** 2100-01-01T00:00:00Z. A tag that reports a time outside 1970 to 2100 has no clock. */
export const LATEST_INSTANT = 4_102_444_800_000

const MINUTE_MS = 60_000
const DASH = 0x2d
const COLON = 0x3a
const LETTER_T = 0x54
const LETTER_Z = 0x5a
const PLUS = 0x2b
const DOT = 0x2e
const LONGEST = '2026-11-22T06:00:00.123456789+00:00'.length

/**
 * RFC 3339 instant → epoch milliseconds, or null when it is none between 1970 and 2100. By hand, because `Date.parse` takes
 * 2026-02-30 for 2 March and is six times slower. Digits beyond milliseconds are cut off. A leap second (23:59:60 UTC) is the
 * second after it, as in POSIX time. The oracle in the tests is the schema's own format check together with `Date.parse`.
 */
export function parseInstant(text: string): number | null {
  if (text.length > LONGEST || !hasDateTimeShape(text)) return null
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 2)
  const day = digits(text, 8, 2)
  const minutes = digits(text, 11, 2) * 60 + digits(text, 14, 2)
  const second = digits(text, 17, 2)
  // NaN, which `digits` gives for anything else than digits, fails every one of these comparisons.
  if (!(year >= 1969 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return null
  if (!(digits(text, 11, 2) <= 23 && digits(text, 14, 2) <= 59 && second <= 60)) return null
  const offsetAt = endOfFraction(text)
  const offset = offsetMinutes(text, offsetAt)
  if (!Number.isFinite(offset)) return null
  if (second === 60 && (minutes - offset + 2_880) % 1_440 !== 1_439) return null
  const millis = Date.UTC(year, month - 1, day, 0, minutes, second, fractionMillis(text, offsetAt)) - offset * MINUTE_MS
  return millis >= 0 && millis <= LATEST_INSTANT ? millis : null
}

/** An RFC 3339 instant, or whole epoch milliseconds; NaN for anything else. */
export function instantOf(value: unknown): number {
  if (typeof value === 'string') return parseInstant(value) ?? Number.NaN
  if (typeof value !== 'number' || !Number.isInteger(value)) return Number.NaN
  return value >= 0 && value <= LATEST_INSTANT ? value + 0 : Number.NaN
}

const hasDateTimeShape = (text: string): boolean =>
  text.charCodeAt(4) === DASH &&
  text.charCodeAt(7) === DASH &&
  text.charCodeAt(10) === LETTER_T &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON

function digits(text: string, at: number, count: number): number {
  let value = 0
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Where the offset begins: behind the fraction, if there is one; -1 when the fraction is empty or too long. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== DOT) return 19
  let end = 20
  while (end < text.length && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end++
  return end > 20 && end <= 29 ? end : -1
}

function fractionMillis(text: string, end: number): number {
  const count = Math.min(3, end - 20)
  return count > 0 ? digits(text, 20, count) * 10 ** (3 - count) : 0
}

/** Minutes east of UTC; NaN when what stands there is no offset. */
function offsetMinutes(text: string, at: number): number {
  if (at < 0) return Number.NaN
  const sign = text.charCodeAt(at)
  if (sign === LETTER_Z) return text.length === at + 1 ? 0 : Number.NaN
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return Number.NaN
  const hours = digits(text, at + 1, 2)
  const minutes = digits(text, at + 4, 2)
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN
  return (sign === PLUS ? 1 : -1) * (hours * 60 + minutes)
}
