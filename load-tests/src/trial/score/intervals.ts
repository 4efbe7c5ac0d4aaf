/** 95 % intervals. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const Z = 1.96

/** Of a share (E. B. Wilson 1927): right for shares near 0 and 1 as well. */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = hits / of
  const z2 = Z * Z
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const reach = (Z / (1 + z2 / of)) * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of))
  return { low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) }
}

/**
 * Of a count per day, from how it varied between equal runs. Where nothing happened at all, the rule of three: 3 / days is
 * what would have shown itself in 95 of 100 trials.
 */
export function perDay(count: number, variance: number, days: number): Interval {
  const reach = Z * Math.sqrt(Math.max(variance, count))
  return { low: Math.max(0, count - reach) / days, high: Math.max(3, count + reach) / days }
}

/** The smallest value that at least such a share of them do not exceed; NaN of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
